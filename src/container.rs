//! Compiled files that are read in place: a magic of 8 bytes, the length of each part (`u32`), the parts. Little-endian.
//! What shows that a file is whole: its checksum, for those that carry one.

use fst::raw::Fst;

use crate::error::{Error, ErrorKind, Result};

fn damaged(what: &str, how: &str) -> Error {
    Error::new(ErrorKind::Model, format!("compiled {what}: {how}"))
}

/// The parts of a compiled file; `what` names it in errors.
///
/// # Errors
/// [`ErrorKind::Model`] where the file is truncated, has bytes left over, or is something else.
pub(crate) fn read<'b, const PARTS: usize>(bytes: &'b [u8], magic: &[u8; 8], what: &str) -> Result<[&'b [u8]; PARTS]> {
    let header = magic.len() + 4 * PARTS;
    if bytes.len() < header || !bytes.starts_with(magic) {
        return Err(damaged(what, "not a file of this kind and version"));
    }
    let mut parts = [&bytes[..0]; PARTS];
    let mut at = header;
    for (index, part) in parts.iter_mut().enumerate() {
        let end = at + number(bytes, magic.len() + 4 * index) as usize;
        *part = bytes.get(at..end).ok_or_else(|| damaged(what, "truncated"))?;
        at = end;
    }
    if at != bytes.len() {
        return Err(damaged(what, "bytes left over"));
    }
    Ok(parts)
}

/// [`read`] of a file that ends with the checksum (`u64`) of all that stands before it.
///
/// # Errors
/// [`ErrorKind::Model`] as there, and where the checksum differs.
pub(crate) fn read_checked<'b, const PARTS: usize>(
    bytes: &'b [u8],
    magic: &[u8; 8],
    what: &str,
) -> Result<[&'b [u8]; PARTS]> {
    match bytes.split_last_chunk() {
        // A file of another kind is told as such.
        Some((content, sum)) if bytes.starts_with(magic) && u64::from_le_bytes(*sum) != checksum(&[], content) => {
            Err(damaged(what, "checksum differs"))
        }
        Some((content, _)) => read(content, magic, what),
        None => read(bytes, magic, what),
    }
}

/// Changes with every changed bit of a file's header and body.
pub(crate) fn checksum(header: &[u8], body: &[u8]) -> u64 {
    // Each step can be undone, so no change is lost.
    let step = |state: u64, word: [u8; 8]| {
        (state.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    };
    [header, body].into_iter().fold(body.len() as u64, |state, part| {
        let (words, rest) = part.as_chunks();
        let state = words.iter().fold(state, |state, &word| step(state, word));
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        if rest.is_empty() { state } else { step(state, last) }
    })
}

/// A part that is an automaton.
///
/// # Errors
/// [`ErrorKind::Model`] where it is none.
pub(crate) fn automaton(part: &'static [u8], what: &str) -> Result<Fst<&'static [u8]>> {
    Fst::new(part).map_err(|e| damaged(what, &e.to_string()))
}

/// The `u32` that begins at a byte; 0 past the end.
#[inline]
pub(crate) fn number(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// The bytes of a file with these parts.
pub(crate) fn write(magic: &[u8; 8], parts: &[Vec<u8>]) -> Vec<u8> {
    let lengths = parts.iter().flat_map(|part| (part.len() as u32).to_le_bytes());
    magic.iter().copied().chain(lengths).chain(parts.iter().flatten().copied()).collect()
}

/// [`write`], with a checksum at its end as [`read_checked`] asks for.
pub(crate) fn write_checked(magic: &[u8; 8], parts: &[Vec<u8>]) -> Vec<u8> {
    let mut file = write(magic, parts);
    file.extend(checksum(&[], &file).to_le_bytes());
    file
}
