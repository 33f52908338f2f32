//! Invoices, each of one company. The tables are private: the only way to an invoice is a [`Tenant`].

use orm::prelude::*;

use self::tables::{Company, Invoice};

mod tables {
    use orm::prelude::*;

    /// A company that keeps its invoices here.
    #[derive(Model, Debug, Clone)]
    #[model(table = "companies")]
    pub struct Company {
        pub id: i64,
        #[model(unique)]
        pub name: String,
    }

    /// An invoice. Its number is the company's own.
    #[derive(Model, Debug, Clone)]
    #[model(table = "invoices", unique(company_id, number))]
    pub struct Invoice {
        pub id: i64,
        #[model(belongs_to = Company, on_delete = cascade)]
        pub company_id: i64,
        pub number: i32,
        pub total: f64,
        #[model(default = "false")]
        pub paid: bool,
    }
}

/// A company that was signed in. What it returns are query sets of its own rows.
#[derive(Debug, Clone, Copy)]
pub struct Tenant(i64);

impl Tenant {
    pub async fn sign_up(name: &str, db: &impl Executor) -> orm::Result<Tenant> {
        let company = query!(Company.create(name = name)).execute(db).await?;
        Ok(Tenant(company.id))
    }

    /// The invoices of the company, to be refined like any query set.
    pub fn invoices(self) -> QuerySet<Invoice> {
        query!(Invoice.filter(.company_id == self.0))
    }

    /// Makes an invoice of the company.
    pub async fn bill(self, number: i32, total: f64, db: &impl Executor) -> orm::Result<Invoice> {
        query!(Invoice.create(company_id = self.0, number = number, total = total)).execute(db).await
    }
}

pub async fn create_tables(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Company, Invoice]).await
}
