use orm::prelude::*;

mod billing {
    use orm::prelude::*;

    mod tables {
        use orm::prelude::*;

        #[derive(Model)]
        pub struct Invoice {
            pub id: i64,
            pub company_id: i64,
        }
    }

    pub struct Tenant(pub i64);

    impl Tenant {
        pub fn invoices(self) -> QuerySet<tables::Invoice> {
            query!(tables::Invoice.filter(.company_id == self.0))
        }
    }
}

fn everybodys() {
    let invoices = billing::Tenant(1).invoices();
    let _ = query!(invoices.filter(.id > 5));
    let _ = query!(billing::tables::Invoice.filter(.id > 5));
}

fn main() {}
