//! Spelling of keys: as segments' forms.

/// The folded form of a letter; None where it is left out (marks, tatweel, invisible characters).
///
/// Agrees with the preset `search` of normalization on letters in their usual code points; words of a running text come folded by
/// that already, except for the inner parts of names, which are read from the text as written.
#[inline]
pub(crate) fn letter(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ک' => 'ك',
        'ة' => 'ه',
        '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{200B}'..='\u{200F}' | '\u{00AD}' => return None,
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        '-' | '\u{2010}'..='\u{2015}' | '_' => ' ',
        _ if c.is_ascii() => c.to_ascii_lowercase(),
        _ => c,
    })
}

/// A name as a key: folded, its words joined by one space; quotation marks, brackets and full stops left out.
pub(crate) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        let Some(c) = letter(c) else { continue };
        if c.is_whitespace()
            || matches!(c, '"' | '«' | '»' | '“' | '”' | '(' | ')' | '.' | ',' | '،' | '\'' | '’' | ':' | '/')
        {
            if !key.is_empty() && !key.ends_with(' ') {
                key.push(' ');
            }
        } else {
            key.push(c);
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// A key in its spellings: عبد الله is عبدالله.
pub(crate) fn spellings(key: &str) -> [String; 3] {
    let joined = format!(" {key}").replace(" عبد ال", " عبدال")[1..].to_owned();
    let parted = format!(" {key}").replace(" عبدال", " عبد ال")[1..].to_owned();
    [joined, parted, key.to_owned()]
}

#[cfg(test)]
mod tests {
    #[test]
    fn keys() {
        assert_eq!(super::key("إف-35"), "اف 35");
        assert_eq!(super::key(" مُحَمَّد  عَلِيّ "), "محمد علي");
        assert_eq!(super::key("يو. إس. (إيرويز)"), "يو اس ايرويز");
    }
}
