//! Whether a database has printed a condition that holds SQL of the user: such a one is not read, only compared.

/// Whether two texts are the same words, but for what databases put in and leave out when they print: blanks, marks of
/// names, letter case, casts of literals, character sets, and parentheses. That the rows of the one are among those of the
/// other the database proves itself, when it plans with the key.
pub(super) fn are_alike(printed: &str, meant: &str) -> bool {
    words(printed) == words(meant)
}

fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    // MySQL 8 escapes the quotes of what it prints.
    let text = text.replace("\\'", "'");
    let mut rest = text.trim_start();
    while let Some(letter) = rest.chars().next() {
        let is_of_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '$');
        let (word, end) = match letter {
            '\'' => split_quoted(rest, '\''),
            '"' | '`' => {
                let (name, end) = split_quoted(rest, letter);
                (name.trim_matches(letter).to_lowercase(), end)
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

/// A text with its quotes, of which one within is doubled.
fn split_quoted(text: &str, quote: char) -> (String, &str) {
    let mut end = 1;
    while let Some(found) = text[end..].find(quote) {
        end += found + 1;
        if !text[end..].starts_with(quote) {
            break;
        }
        end += 1;
    }
    (text[..end].to_owned(), &text[end..])
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
            "(case when (`canceled_at` is not null) then _utf8mb4\\'canceled\\' when (`state` <> _utf8mb4'it''s (on)') \
             then _utf8mb4\\'paused\\' else _utf8mb4\\'active\\' end in (_utf8mb4\\'active\\',_utf8mb4\\'trialing\\'))",
        ] {
            assert!(are_alike(printed, meant), "{:?}", words(printed));
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
