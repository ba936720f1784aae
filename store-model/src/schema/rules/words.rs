//! Whether a database has printed a condition that holds SQL of the user: such a one is not read, only compared.

/// Whether two texts are the same words, but for what databases put in and leave out when they print: blanks, marks of
/// names, letter case, casts of literals, character sets, and parentheses. That the rows of the one are among those of the
/// other the database proves itself, when it plans with the key.
pub(super) fn are_alike(printed: &str, meant: &str) -> bool {
    // A backslash is a letter; or MariaDB has put it before a quote within a text; or MySQL 8 before all quotes of what it
    // prints.
    let unescaped = printed.replace("\\'", "'").replace("\\\\", "\\");
    let readings = [(printed, false), (printed, true), (&unescaped, false), (&unescaped, true)];
    let meant = words(meant, false);
    readings.into_iter().any(|(text, escapes)| words(text, escapes) == meant)
}

fn words(text: &str, escapes: bool) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(letter) = rest.chars().next() {
        let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$');
        let (word, end) = match letter {
            '\'' => {
                let (text, end) = split_quoted(rest, '\'', escapes);
                (format!("'{text}"), end)
            }
            '"' | '`' => {
                let (name, end) = split_quoted(rest, letter, false);
                (name.to_lowercase(), end)
            }
            _ if is_of_word(letter) => {
                let (word, end) = rest.split_at(rest.find(|it| !is_of_word(it)).unwrap_or(rest.len()));
                (word.to_lowercase(), end)
            }
            _ => {
                let signs = ["::", "<=", ">=", "<>", "!=", "||"];
                let length = signs
                    .iter()
                    .find(|sign| rest.starts_with(**sign))
                    .map_or(letter.len_utf8(), |it| it.len());
                let (sign, end) = rest.split_at(length);
                (if sign == "!=" { "<>".to_owned() } else { sign.to_owned() }, end)
            }
        };
        rest = end.trim_start();
        match word.as_str() {
            "(" | ")" | "[" | "]" => {}
            "::" => rest = after_type(rest),
            // `_utf8mb4'active'`
            set if set.starts_with('_') && rest.starts_with('\'') => {}
            // `= ANY (ARRAY['a', 'b'])`
            "array" if words.ends_with(&["=".to_owned(), "any".to_owned()]) => {
                words.truncate(words.len() - 2);
                words.push("in".to_owned());
            }
            _ => words.push(word),
        }
    }
    words
}

/// What stands between quotes, of which a doubled one is a letter, and so may be what follows a backslash.
fn split_quoted(text: &str, quote: char, escapes: bool) -> (String, &str) {
    let (mut inner, mut letters) = (String::new(), text[1..].chars());
    while let Some(letter) = letters.next() {
        let rest = letters.as_str();
        if escapes && letter == '\\' {
            inner.extend(letters.next());
        } else if letter != quote {
            inner.push(letter);
        } else if rest.starts_with(quote) {
            inner.extend(letters.next());
        } else {
            return (inner, rest);
        }
    }
    (inner, "")
}

/// What follows the type of a cast.
fn after_type(text: &str) -> &str {
    let end = text
        .find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '"' | '.')))
        .unwrap_or(text.len());
    let mut rest = &text[end..];
    for more in [" varying", " precision", " with time zone", " without time zone", "[]"] {
        rest = rest.strip_prefix(more).unwrap_or(rest);
    }
    rest.trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_databases_print_is_known() {
        let meant = "CASE WHEN (canceled_at IS NOT NULL) THEN 'canceled' WHEN (state != 'it''s (on)') THEN 'paused' \
                     ELSE 'active' END IN ('active', 'trialing')";
        for printed in [
            "(CASE\n    WHEN (canceled_at IS NOT NULL) THEN 'canceled'::text\n    WHEN ((state)::text <> 'it''s (on)'::text) \
             THEN 'paused'::text\n    ELSE 'active'::text\nEND = ANY (ARRAY['active'::text, 'trialing'::text]))",
            "case when `canceled_at` is not null then 'canceled' when `state` <> 'it''s (on)' then 'paused' else 'active' end \
             in ('active','trialing')",
            "case when `canceled_at` is not null then 'canceled' when `state` <> 'it\\'s (on)' then 'paused' else 'active' end \
             in ('active','trialing')",
            "(case when (`canceled_at` is not null) then _utf8mb4\\'canceled\\' when (`state` <> _utf8mb4'it''s (on)') \
             then _utf8mb4\\'paused\\' else _utf8mb4\\'active\\' end in (_utf8mb4\\'active\\',_utf8mb4\\'trialing\\'))",
        ] {
            assert!(are_alike(printed, meant), "{:?}", words(printed, false));
        }
        for other in [
            meant.replace("'paused'", "'Paused'"),
            meant.replace("IS NOT NULL", "IS NULL"),
            meant.replace(", 'trialing'", ""),
            meant.replace("canceled_at", "paused_at"),
        ] {
            assert!(!are_alike(&other, meant), "{other}");
        }
    }
}
