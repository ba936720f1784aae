//! Whether two conditions are the same words: SQLite knows an index by its predicate no better.

use super::{Token, tokens};

/// Whether they are, but for blanks, marks of names, letter case of names, and parentheses that change nothing
/// (<https://sqlite.org/lang_upsert.html>).
pub(in crate::schema) fn are_same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| tokens(text, false).map(|tokens| plain(&tokens));
    words(one).is_some_and(|one| Some(one) == words(other))
}

/// The words in one spelling, with parentheses where there is need of them.
fn plain(tokens: &[Token]) -> String {
    let inner = within(tokens);
    for word in ["or", "and"] {
        let parts = split(inner, word);
        if parts.len() > 1 {
            // Several in a row are read from the left.
            let join = |left: String, right: String| format!("({left} {word} {right})");
            return parts.into_iter().map(plain).reduce(join).unwrap_or_default();
        }
    }
    inner.iter().map(spelled).collect::<Vec<_>>().join(" ")
}

fn spelled(token: &Token) -> String {
    match token {
        Token::Word(word) => word.clone(),
        Token::Name(name) => name.to_lowercase(),
        Token::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Token::Sign(sign) => sign.to_string(),
    }
}

/// What stands within parentheses around the whole.
fn within(tokens: &[Token]) -> &[Token] {
    match tokens {
        [Token::Sign('('), inner @ .., Token::Sign(')')] if is_balanced(inner) => within(inner),
        _ => tokens,
    }
}

fn is_balanced(tokens: &[Token]) -> bool {
    let mut depth = 0_usize;
    tokens.iter().all(|token| match token {
        Token::Sign('(') => {
            depth += 1;
            true
        }
        Token::Sign(')') => {
            let is_open = depth > 0;
            depth = depth.saturating_sub(1);
            is_open
        }
        _ => true,
    })
}

/// The parts between a word, outside of parentheses.
fn split<'t>(tokens: &'t [Token], word: &str) -> Vec<&'t [Token]> {
    let mut depth = 0_i32;
    let is_end = |token: &Token| {
        match token {
            Token::Sign('(') => depth += 1,
            Token::Sign(')') => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(token, Token::Word(it) if it == word)
    };
    tokens.split(is_end).collect()
}

#[cfg(test)]
mod tests {
    use super::are_same_words;

    #[test]
    fn words_are_the_same_in_any_marks() {
        for (one, other) in [
            ("status IN ('active', 'trialing')", "(`STATUS` in ('active','trialing'))"),
            ("a = 1 AND (b IS NULL OR c = 'x')", "((a=1) and ((\"b\" is null) or ([c] = 'x')))"),
            ("a = 1 AND b = 2 AND c = 3", "(a = 1 AND b = 2) AND c = 3"),
        ] {
            assert!(are_same_words(one, other), "{one}");
        }
        for (one, other) in [
            ("status IN ('active', 'trialing')", "status IN ('trialing', 'active')"),
            ("status = 'active'", "status IN ('active')"),
            ("status = 'active'", "status = 'Active'"),
            ("(a OR b) AND c", "a OR b AND c"),
            ("a = 'it''s'", "a = 'its'"),
            ("a = 1", "a = 1 OR b"),
            ("a = 1 AND b = 2 AND c = 3", "a = 1 AND (b = 2 AND c = 3)"),
        ] {
            assert!(!are_same_words(one, other), "{one}");
        }
    }
}
