//! Plain texts.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::{Error, ErrorKind, Result};

/// Hands over the packed texts of a folder, one after the other by name.
///
/// # Errors
/// [`ErrorKind::Io`] where the folder or a file cannot be read, or `xz` is missing; those of `take`.
pub(crate) fn each(folder: &Path, mut take: impl FnMut(&str) -> Result<()>) -> Result<()> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "xz")) {
        let mut child = Command::new("xz").arg("-dc").arg(path).stdout(Stdio::piped()).spawn()?;
        let mut text = String::new();
        if let Some(mut output) = child.stdout.take() {
            output.read_to_string(&mut text)?;
        }
        if !child.wait()?.success() {
            return Err(Error::new(ErrorKind::Io, format!("{}: xz failed", path.display())));
        }
        take(&text)?;
    }
    Ok(())
}
