//! Exact decimals: what is written in digits and words is never rounded.

use std::fmt;

/// `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self { digits: value as i128, scale: 0 }
    }

    /// Reads ASCII digits with at most one full stop; None where there is anything else or more than 30 digits.
    pub fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let all = whole.bytes().chain(part.bytes());
        if whole.is_empty() || whole.len() + part.len() > 30 || !all.clone().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = all.fold(0i128, |n, b| n * 10 + i128::from(b - b'0'));
        Some(Self { digits, scale: part.len() as u32 })
    }

    pub fn negate(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    pub fn times(self, other: Self) -> Option<Self> {
        let digits = self.digits.checked_mul(other.digits)?;
        Some(Self { digits, scale: self.scale + other.scale })
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let raise = |d: Self| d.digits.checked_mul(10i128.checked_pow(scale - d.scale)?);
        Some(Self { digits: raise(self)?.checked_add(raise(other)?)?, scale })
    }

    /// The value as a whole number, where it is one that fits.
    pub fn to_whole(self) -> Option<i64> {
        let unit = 10i128.checked_pow(self.scale)?;
        (self.digits % unit == 0).then(|| i64::try_from(self.digits / unit).ok()).flatten()
    }
}

impl fmt::Display for Decimal {
    /// Plain notation without needless zeros: `1500`, `3.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.unsigned_abs().to_string();
        let scale = self.scale as usize;
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, part) = padded.split_at(padded.len() - scale);
        let part = part.trim_end_matches('0');
        f.write_str(if self.digits < 0 { "-" } else { "" })?;
        f.write_str(whole)?;
        if part.is_empty() { Ok(()) } else { write!(f, ".{part}") }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn exact() {
        let d = |s| Decimal::parse(s).unwrap();
        assert_eq!(d("3.50").to_string(), "3.5");
        assert_eq!(d("0.05").times(d("1000000")).unwrap().to_string(), "50000");
        assert_eq!(d("12000").plus(d("883.25")).unwrap().to_string(), "12883.25");
        assert_eq!(d("0.61").negate().to_string(), "-0.61");
        assert_eq!(d("2.0").to_whole(), Some(2));
        assert!(Decimal::parse("").is_none() && Decimal::parse("1.2.3").is_none());
    }
}
