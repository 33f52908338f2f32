//! How cost grows with rows and levels.

use orm::prelude::*;
use workloads::{Error, Sum};

use crate::{
    Orm,
    models::{Measurement, Node},
};

impl Orm {
    pub(crate) async fn rows(&self, count: i64) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        for row in &query!(Measurement.filter(.id <= count)).all(&self.db).await? {
            sum.measurement(row.id, &row.sensor, row.value, row.taken_at.timestamp_micros());
        }
        Ok(sum)
    }

    pub(crate) async fn levels(&self, levels: i64) -> Result<Option<Sum>, Error> {
        /// Loads a path of relations, and adds up what is at its end and on the way.
        macro_rules! load {
            ($($relation:ident)*) => {{
                let mut sum = Sum::new();
                let roots = query!(Node.filter(.parent_id == None).prefetch_related($(.$relation)*));
                for node in &roots.all(&self.db).await? {
                    sum.node(0, node.id, &node.name);
                    add!(sum, node, $($relation)*);
                }
                sum
            }};
        }
        macro_rules! add {
            ($sum:ident, $parent:ident,) => {};
            ($sum:ident, $parent:ident, $relation:ident $($below:ident)*) => {
                for node in $parent.$relation() {
                    $sum.node($parent.id, node.id, &node.name);
                    add!($sum, node, $($below)*);
                }
            };
        }
        Ok(Some(match levels {
            1 => load!(children),
            2 => load!(children children),
            3 => load!(children children children),
            4 => load!(children children children children),
            5 => load!(children children children children children),
            _ => return Ok(None),
        }))
    }
}
