//! Instants. No clock: the caller says what time it is.
//!
//! Our own small parser, because a date is attacker-controlled text that decides whether a record is valid: at most
//! 40 bytes, no recursion, no allocation, one documented answer for each odd form (see [`Timestamp::parse`]).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Longer texts are refused unread: `2026-11-21T22:55:46.123456789+01:00` has 35 bytes.
const MAX_BYTES: usize = 40;

const DAY: i64 = 86_400;

/// An instant, UTC, with nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
    /// 0..1,000,000,000
    nanos: u32,
}

/// What [`Timestamp::parse_lenient_utc`] read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lenient {
    /// The instant.
    pub instant: Timestamp,
    /// Whether the text had no offset, so that UTC was assumed.
    pub offset_missing: bool,
}

impl Timestamp {
    /// The instant this many seconds after 1970-01-01T00:00:00Z.
    pub const fn from_unix(seconds: i64) -> Self {
        Timestamp { seconds, nanos: 0 }
    }

    /// The same with nanoseconds; `None` if there are a whole second of them or more.
    pub const fn from_unix_nanos(seconds: i64, nanos: u32) -> Option<Self> {
        if nanos < 1_000_000_000 { Some(Timestamp { seconds, nanos }) } else { None }
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after [`Timestamp::unix`], below 1,000,000,000.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// Reads an xsd:dateTimeStamp (XML Schema 1.1 part 2 §3.4.28), as VCDM 2.0 §4.9 wants it.
    ///
    /// The odd forms: `24:00:00` is the first instant of the next day (§3.3.7.2); years may be `0000` (1 BCE),
    /// negative, or have up to six digits; offsets reach ±14:00; of a fraction, digits after the ninth are cut off.
    /// Refused are a missing offset, lower case `t` and `z`, a space in place of `T` (RFC 3339 tolerates these, XML
    /// Schema does not), and the leap second `:60`, which XML Schema does not have either.
    ///
    /// # Errors
    /// What is wrong, in English.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let read = Self::parse_lenient_utc(text)?;
        if read.offset_missing { Err("the offset from UTC is missing") } else { Ok(read.instant) }
    }

    /// Reads an xsd:dateTime (XML Schema 1.1 part 2 §3.3.7); one without an offset is taken as UTC.
    ///
    /// That is the rule for a proof's `created` and `expires` (vc-data-integrity §2.1: "time values that are
    /// incorrectly serialized without an offset are to be interpreted as UTC") and for the dates of VCDM 1.1 (§4.6).
    ///
    /// # Errors
    /// What is wrong, in English.
    pub fn parse_lenient_utc(text: &str) -> Result<Lenient, &'static str> {
        if text.len() > MAX_BYTES {
            return Err("it is longer than any date and time");
        }
        let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
        let (year, month, day) = scan.date()?;
        scan.expect(b'T', "T must separate the date from the time")?;
        let (second_of_day, nanos) = scan.time()?;
        let offset = scan.offset()?;
        if scan.at != scan.bytes.len() {
            return Err("something follows the date and time");
        }
        let seconds = days_from_civil(year, month, day)
            .saturating_mul(DAY)
            .saturating_add(second_of_day)
            .saturating_sub(offset.unwrap_or(0));
        Ok(Lenient { instant: Timestamp { seconds, nanos }, offset_missing: offset.is_none() })
    }

    /// Reads an xsd:date without offset (`2026-11-21`) as the first instant of that day, UTC.
    ///
    /// # Errors
    /// What is wrong, in English.
    pub fn parse_date(text: &str) -> Result<Self, &'static str> {
        let mut scan = Scan { bytes: text.as_bytes(), at: 0 };
        let (year, month, day) = scan.date()?;
        if scan.at != scan.bytes.len() {
            return Err("something follows the date");
        }
        Ok(Timestamp::from_unix(days_from_civil(year, month, day).saturating_mul(DAY)))
    }

    /// Later by this many seconds; saturates.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Timestamp { seconds: self.seconds.saturating_add(seconds), nanos: self.nanos }
    }

    /// Later by this many seconds; `None` if no such instant can be represented.
    pub const fn checked_plus_seconds(self, seconds: i64) -> Option<Self> {
        match self.seconds.checked_add(seconds) {
            Some(seconds) => Some(Timestamp { seconds, nanos: self.nanos }),
            None => None,
        }
    }
}

impl fmt::Display for Timestamp {
    /// As xsd:dateTimeStamp in UTC, with a fraction only where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil_from_days(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        if self.nanos == 0 && (0..=9_999).contains(&year) {
            // Nearly all, and there are several in every report.
            let mut text = *b"0000-00-00T00:00:00Z";
            let parts = [
                (0, year / 100),
                (2, year % 100),
                (5, month),
                (8, day),
                (11, hour),
                (14, minute),
                (17, second),
            ];
            for (at, number) in parts {
                if let (Some(place), Ok(number)) = (text.get_mut(at..), u8::try_from(number))
                    && let [tens, units, ..] = place
                {
                    (*tens, *units) = (b'0'.saturating_add(number / 10), b'0'.saturating_add(number % 10));
                }
            }
            return f.write_str(std::str::from_utf8(&text).unwrap_or_default());
        }
        let sign = if year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{month:02}-{day:02}T", year.unsigned_abs())?;
        write!(f, "{hour:02}:{minute:02}:{second:02}")?;
        if self.nanos != 0 {
            let fraction = format!("{:09}", self.nanos);
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        f.write_str("Z")
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Timestamp::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// The text and how far it is read.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn take(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        if found {
            self.at = self.at.saturating_add(1);
        }
        found
    }

    fn expect(&mut self, byte: u8, otherwise: &'static str) -> Result<(), &'static str> {
        if self.take(byte) { Ok(()) } else { Err(otherwise) }
    }

    fn digit(&mut self) -> Option<i64> {
        let digit = self.bytes.get(self.at).filter(|b| b.is_ascii_digit())?;
        self.at = self.at.saturating_add(1);
        Some(i64::from(digit.saturating_sub(b'0')))
    }

    /// Two digits in this range.
    fn two(&mut self, range: std::ops::RangeInclusive<i64>, what: &'static str) -> Result<i64, &'static str> {
        let (tens, ones) = (self.digit().ok_or(what)?, self.digit().ok_or(what)?);
        let number = tens.saturating_mul(10).saturating_add(ones);
        if range.contains(&number) { Ok(number) } else { Err(what) }
    }

    fn date(&mut self) -> Result<(i64, i64, i64), &'static str> {
        let year = self.year()?;
        self.expect(b'-', "a hyphen must follow the year")?;
        let month = self.two(1..=12, "the month is not 01 to 12")?;
        self.expect(b'-', "a hyphen must follow the month")?;
        let day = self.two(1..=days_in_month(year, month), "the month has no such day")?;
        Ok((year, month, day))
    }

    /// Four digits, or up to six without leading zeros, with a sign if it is before year 0.
    fn year(&mut self) -> Result<i64, &'static str> {
        const WHAT: &str = "the year is not four to six digits";
        let negative = self.take(b'-');
        let start = self.at;
        let mut year = 0_i64;
        while let Some(digit) = self.digit() {
            year = year.saturating_mul(10).saturating_add(digit);
        }
        let digits = self.at.saturating_sub(start);
        if !(4..=6).contains(&digits) || (digits > 4 && self.bytes.get(start) == Some(&b'0')) {
            return Err(WHAT);
        }
        Ok(if negative { year.saturating_neg() } else { year })
    }

    /// Seconds of the day, and nanoseconds.
    fn time(&mut self) -> Result<(i64, u32), &'static str> {
        let hour = self.two(0..=24, "the hour is not 00 to 24")?;
        self.expect(b':', "a colon must follow the hour")?;
        let minute = self.two(0..=59, "the minute is not 00 to 59")?;
        self.expect(b':', "a colon must follow the minute")?;
        let second = self.two(0..=59, "the second is not 00 to 59")?;
        let nanos = self.fraction()?;
        if hour == 24 && (minute, second, nanos) != (0, 0, 0) {
            return Err("the day ends at 24:00:00");
        }
        Ok((hour.saturating_mul(60).saturating_add(minute).saturating_mul(60).saturating_add(second), nanos))
    }

    fn fraction(&mut self) -> Result<u32, &'static str> {
        if !self.take(b'.') {
            return Ok(0);
        }
        let (mut nanos, mut unit, mut digits) = (0_i64, 100_000_000_i64, 0_usize);
        while let Some(digit) = self.digit() {
            nanos = nanos.saturating_add(digit.saturating_mul(unit));
            unit /= 10;
            digits = digits.saturating_add(1);
        }
        if digits == 0 {
            return Err("a digit must follow the decimal point");
        }
        u32::try_from(nanos).map_err(|_| "the fraction is not a number")
    }

    /// Seconds east of UTC, if stated.
    fn offset(&mut self) -> Result<Option<i64>, &'static str> {
        if self.take(b'Z') {
            return Ok(Some(0));
        }
        let east = self.take(b'+');
        if !east && !self.take(b'-') {
            return Ok(None);
        }
        let hours = self.two(0..=14, "the offset is not within 14:00")?;
        self.expect(b':', "a colon must stand in the offset")?;
        let minutes = self.two(0..=59, "the offset is not within 14:00")?;
        if hours == 14 && minutes != 0 {
            return Err("the offset is not within 14:00");
        }
        let seconds = hours.saturating_mul(60).saturating_add(minutes).saturating_mul(60);
        Ok(Some(if east { seconds } else { seconds.saturating_neg() }))
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days of 400 Gregorian years.
const ERA: i64 = 146_097;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the leap day is
/// the last of its year and a month begins on day (153 m + 2) / 5 of it.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year.saturating_sub(1) } else { year };
    let of_era = year.rem_euclid(400);
    let month = month.saturating_add(9).rem_euclid(12);
    let of_year = (month.saturating_mul(153).saturating_add(2) / 5).saturating_add(day).saturating_sub(1);
    let leap_days = (of_era / 4).saturating_sub(of_era / 100);
    year.div_euclid(400)
        .saturating_mul(ERA)
        .saturating_add(of_era.saturating_mul(365))
        .saturating_add(leap_days)
        .saturating_add(of_year)
        .saturating_sub(EPOCH)
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days.saturating_add(EPOCH);
    let of_era = days.rem_euclid(ERA);
    // Without the leap days before it, the day of the era is a plain count of 365-day years.
    let leap_days = (of_era / 1_460).saturating_sub(of_era / 36_524).saturating_add(of_era / 146_096);
    let year_of_era = of_era.saturating_sub(leap_days) / 365;
    let before = year_of_era.saturating_mul(365).saturating_add(year_of_era / 4);
    let of_year = of_era.saturating_sub(before.saturating_sub(year_of_era / 100));
    let march_month = of_year.saturating_mul(5).saturating_add(2) / 153;
    let begin = march_month.saturating_mul(153).saturating_add(2) / 5;
    let day = of_year.saturating_sub(begin).saturating_add(1);
    let month = march_month.saturating_add(2).rem_euclid(12).saturating_add(1);
    let year = days.div_euclid(ERA).saturating_mul(400).saturating_add(year_of_era);
    (if month <= 2 { year.saturating_add(1) } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// threats.md T19: one documented answer for each odd form.
    #[test]
    fn every_odd_form_has_one_answer() {
        const REFUSED: Option<&str> = None;
        #[rustfmt::skip]
        let table = [
            // text                                  as xsd:dateTimeStamp                   as xsd:dateTime, offset optional
            ("2026-11-21T22:55:46Z",                 Some("2026-11-21T22:55:46Z"),          Some("2026-11-21T22:55:46Z")),
            ("2026-11-21T22:55:46+01:00",            Some("2026-11-21T21:55:46Z"),          Some("2026-11-21T21:55:46Z")),
            ("2026-11-21T22:55:46-00:00",            Some("2026-11-21T22:55:46Z"),          Some("2026-11-21T22:55:46Z")),
            ("2026-11-21T22:55:46",                  REFUSED,                               Some("2026-11-21T22:55:46Z")),
            ("2026-11-21T24:00:00Z",                 Some("2026-11-22T00:00:00Z"),          Some("2026-11-22T00:00:00Z")),
            ("2026-12-31T24:00:00.000Z",             Some("2027-01-01T00:00:00Z"),          Some("2027-01-01T00:00:00Z")),
            ("2026-11-21T24:00:01Z",                 REFUSED,                               REFUSED),
            ("2016-12-31T23:59:60Z",                 REFUSED,                               REFUSED),
            ("2026-11-21T22:55:46.1234567Z",         Some("2026-11-21T22:55:46.1234567Z"),  Some("2026-11-21T22:55:46.1234567Z")),
            ("2026-11-21T22:55:46.1234567891Z",      Some("2026-11-21T22:55:46.123456789Z"), Some("2026-11-21T22:55:46.123456789Z")),
            ("2026-11-21T22:55:46.Z",                REFUSED,                               REFUSED),
            ("0000-01-01T00:00:00Z",                 Some("0000-01-01T00:00:00Z"),          Some("0000-01-01T00:00:00Z")),
            ("-0001-12-31T00:00:00Z",                Some("-0001-12-31T00:00:00Z"),         Some("-0001-12-31T00:00:00Z")),
            ("10000-01-01T00:00:00Z",                Some("10000-01-01T00:00:00Z"),         Some("10000-01-01T00:00:00Z")),
            ("02026-11-21T22:55:46Z",                REFUSED,                               REFUSED),
            ("2026-11-21T22:55:46+14:00",            Some("2026-11-21T08:55:46Z"),          Some("2026-11-21T08:55:46Z")),
            ("2026-11-21T22:55:46+14:01",            REFUSED,                               REFUSED),
            ("2026-11-21T22:55:46+24:00",            REFUSED,                               REFUSED),
            ("2026-11-21t22:55:46Z",                 REFUSED,                               REFUSED),
            ("2026-11-21T22:55:46z",                 REFUSED,                               REFUSED),
            ("2026-11-21 22:55:46Z",                 REFUSED,                               REFUSED),
            ("2026-11-21T22:55Z",                    REFUSED,                               REFUSED),
            ("2026-11-21",                           REFUSED,                               REFUSED),
            ("2023-02-29T00:00:00Z",                 REFUSED,                               REFUSED),
            ("2024-02-29T00:00:00Z",                 Some("2024-02-29T00:00:00Z"),          Some("2024-02-29T00:00:00Z")),
            ("1900-02-29T00:00:00Z",                 REFUSED,                               REFUSED),
            ("2026-13-01T00:00:00Z",                 REFUSED,                               REFUSED),
            ("2026-11-21T22:55:46+0100",             REFUSED,                               REFUSED),
            (" 2026-11-21T22:55:46Z",                REFUSED,                               REFUSED),
            ("2026-11-21T22:55:46Z ",                REFUSED,                               REFUSED),
            ("２０26-11-21T22:55:46Z",               REFUSED,                               REFUSED),
            ("",                                     REFUSED,                               REFUSED),
        ];
        for (text, strict, lenient) in table {
            assert_eq!(Timestamp::parse(text).ok().map(|t| t.to_string()).as_deref(), strict, "{text}");
            let read = Timestamp::parse_lenient_utc(text).ok();
            assert_eq!(read.map(|l| l.instant.to_string()).as_deref(), lenient, "{text}");
            assert_eq!(
                read.is_some_and(|l| l.offset_missing),
                strict.is_none() && lenient.is_some(),
                "{text}"
            );
        }
    }

    /// threats.md T22: text that is too long is not read.
    #[test]
    fn a_megabyte_is_no_date() {
        let text = "2".repeat(1_000_000);
        assert_eq!(Timestamp::parse(&text), Err("it is longer than any date and time"));
        assert!(Timestamp::parse_date(&text).is_err());
    }

    #[test]
    fn seconds_are_those_of_unix() {
        for (text, unix) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59Z", -1),
            ("2000-03-01T00:00:00Z", 951_868_800),
            ("2026-11-21T22:55:46Z", 1_795_301_746),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("0000-03-01T00:00:00Z", -62_162_035_200),
        ] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::unix), Ok(unix), "{text}");
            assert_eq!(Timestamp::from_unix(unix).to_string(), text);
        }
    }

    #[test]
    fn every_day_of_eight_centuries_is_its_own_inverse() {
        let first = days_from_civil(1600, 1, 1);
        let (mut year, mut month, mut day) = (1600, 1, 1);
        for days in first..first + 2 * ERA {
            assert_eq!(civil_from_days(days), (year, month, day));
            assert_eq!(days_from_civil(year, month, day), days);
            day += 1;
            if day > days_in_month(year, month) {
                (day, month) = (1, month + 1);
            }
            if month > 12 {
                (month, year) = (1, year + 1);
            }
        }
    }

    #[test]
    fn the_ends_of_time_are_written_without_overflow() {
        assert_eq!(Timestamp::from_unix(i64::MAX).to_string(), "292277026596-12-04T15:30:07Z");
        assert_eq!(Timestamp::from_unix(i64::MIN).to_string(), "-292277022657-01-27T08:29:52Z");
        assert_eq!(Timestamp::from_unix(i64::MAX).plus_seconds(1).unix(), i64::MAX);
        assert_eq!(Timestamp::from_unix(i64::MAX).checked_plus_seconds(1), None);
    }

    #[test]
    fn instants_compare_as_instants() {
        let early = Timestamp::parse("2026-11-21T23:00:00+02:00").unwrap();
        let late = Timestamp::parse("2026-11-21T22:00:00.5Z").unwrap();
        assert!(early < late);
        assert!(Timestamp::parse("1969-12-31T23:59:59.5Z").unwrap() < Timestamp::from_unix(0));
    }

    #[test]
    fn in_json_it_is_a_string() {
        let instant = Timestamp::from_unix_nanos(0, 120_000_000).unwrap();
        assert_eq!(serde_json::to_string(&instant).unwrap(), "\"1970-01-01T00:00:00.12Z\"");
        assert_eq!(serde_json::from_str::<Timestamp>("\"1970-01-01T01:00:00.12+01:00\"").unwrap(), instant);
        assert!(serde_json::from_str::<Timestamp>("0").is_err());
        assert!(serde_json::from_str::<Timestamp>("\"1970-01-01T00:00:00\"").is_err());
        assert_eq!(Timestamp::from_unix_nanos(0, 1_000_000_000), None);
    }
}
