//! Several companies in one table, and no query that forgets whose rows it is about.

mod billing;

use orm::prelude::*;
use terminal::{heading, indented, log, say, shown};

use self::billing::Tenant;

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Tenants that cannot be forgotten");
    billing::create_tables(db).await?;
    let (acme, zeta) = (Tenant::sign_up("Acme", db).await?, Tenant::sign_up("Zeta", db).await?);
    for number in 1..=3 {
        acme.bill(number, f64::from(number) * 100.0, db).await?;
    }
    let theirs = zeta.bill(1, 999.0, db).await?;

    let (db, queries) = db.logged();
    say(
        "A module keeps the model of invoices to itself and gives out a `Tenant`, whose methods return query sets that \
         are filtered already. No framework: a struct, a private module, and query sets that are values.",
    );
    indented(
        "pub fn invoices(self) -> QuerySet<Invoice> {\n    query!(Invoice.filter(.company_id == self.0))\n}",
    );
    say("Whatever is made of such a query set is about this tenant, sums, updates and deletes too:");
    let invoices = shown!(acme.invoices());
    let open = shown!(query!(invoices.filter(!.paid).order_by(-.total)[..2]).all(&db).await?);
    let sum = shown!(query!(invoices.aggregate(total = .total.sum())).get(&db).await?);
    let paid = shown!(query!(invoices.update(paid = true)).execute(&db).await?);
    log(&queries);
    say(&format!("=> {} open ones, {:.2} in all, {paid} paid", open.len(), sum.total.unwrap_or_default()));

    say("With the key of another company's invoice in hand, as from a URL, there is no such row:");
    let id = theirs.id;
    let found = shown!(query!(invoices.filter(.id == id)).get(&db).await);
    let deleted = shown!(query!(invoices.filter(.id == id).delete()).execute(&db).await?);
    assert!(found.as_ref().is_err_and(orm::Error::is_not_found) && deleted == 0);
    let said = found.err().map(|error| error.to_string()).unwrap_or_default();
    say(&format!("=> {}; {deleted} deleted", said.lines().next().unwrap_or_default()));
    let left = zeta.invoices().filter(|invoice| invoice.paid().not()).count(&db).await?;
    say(&format!("The other company still has {left} open invoice, of {:.2}.", theirs.total));

    say("And the query that forgets the tenant does not compile:");
    crate::refused::tenant();
    Ok(())
}
