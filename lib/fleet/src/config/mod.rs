//! `homescale.yaml`: what a checkout cannot say, read, checked and described from one table.

mod capabilities;
mod check;
mod model;
mod read;
mod reference;
mod rules;
mod schema;
mod table;
mod together;
mod values;

pub use self::capabilities::Capabilities;
pub use self::model::{
    ClusterConfig, Config, GeneratorConfig, KustomizeConfig, RepositoryConfig, Root,
    ServiceGenerator, SeverityConfig, Tracking,
};
pub use self::read::CONFIG_FILE;
pub use self::reference::config_reference;
pub use self::rules::CONFIGURATION;
pub use self::schema::config_schema;
