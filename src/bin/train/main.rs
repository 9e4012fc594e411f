//! `khabar-train MODEL [NAME=VALUE…]`: trains one of the linear models and writes it to `src/data/models/`.

use khabar::{Error, ErrorKind, Result};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let model = arguments.next().unwrap_or_default();
    Err(Error::new(ErrorKind::Argument, format!("unknown model {model:?}")))
}
