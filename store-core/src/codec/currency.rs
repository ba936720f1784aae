//! How many digits after the point a currency has, as ISO 4217 says.

/// The digits of a currency, whatever the case of its letters; nothing for a code that is none of money.
pub(crate) fn digits(code: &str) -> Option<u8> {
    let code = code.to_ascii_uppercase();
    let is_in = |list: &str| list.split_ascii_whitespace().any(|known| known == code);
    [(2, TWO), (0, NONE), (3, THREE), (4, FOUR)]
        .into_iter()
        .find(|(_, list)| is_in(list))
        .map(|(digits, _)| digits)
}

const NONE: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";

const THREE: &str = "BHD IQD JOD KWD LYD OMR TND";

const FOUR: &str = "CLF UYW";

const TWO: &str = "\
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW \
    CNY COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF \
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV \
    MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD \
    SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_currency_has_its_digits_once() {
        for (code, number) in [("EUR", 2), ("usd", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("Huf", 2)] {
            assert_eq!(digits(code), Some(number), "{code}");
        }
        for code in ["", "XXX", "XAU", "EURO", "EU", "EUR USD", "eur "] {
            assert_eq!(digits(code), None, "{code}");
        }
        let mut all: Vec<_> =
            [NONE, TWO, THREE, FOUR].iter().flat_map(|list| list.split_ascii_whitespace()).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        assert!(all.iter().all(|code| code.len() == 3));
    }
}
