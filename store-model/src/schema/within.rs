//! Fields within documents as the rules of keys see them: as if each had a column of its own.
//!
//! A database prints the expression of such a field in words of its own. Where they are found, in an index or a generated
//! column, the name of that column is put into their place.

use super::table::{Column, Index, Part, Table};
use crate::adapter::{self, Adapter, Dialect, Place};
use crate::sql::{self, quote};

/// The adapter and the table with columns for what lies within documents.
pub(super) fn with_columns<T>(
    adapter: &Adapter<'_>,
    table: &Table,
    then: impl FnOnce(&Adapter<'_>, &Table) -> T,
) -> T {
    if !adapter.has_documents() {
        return then(adapter, table);
    }
    let name = |field: &Place<'_>| match field {
        Place::Column(column) if column.is_within() => Some(sql::place(column)),
        _ => None,
    };
    let names: Vec<_> = adapter.fields.iter().map(name).collect();
    let fields = adapter.fields.iter().zip(&names);
    let fields: Vec<_> = fields.map(|(field, name)| own_column(field, name.as_deref())).collect();
    let names = names.iter().enumerate().filter_map(|(place, name)| Some((place, name.as_ref()?)));
    let names: Vec<_> = names.filter(|(place, _)| has_document(adapter, table, *place)).collect();
    let table = rewritten(table, &Words::of(adapter, &names), &names);
    then(&Adapter { fields: &fields, ..*adapter }, &table)
}

fn own_column<'a>(field: &Place<'a>, name: Option<&'a str>) -> Place<'a> {
    match (*field, name) {
        (Place::Column(column), Some(name)) => {
            Place::Column(adapter::Column { name, sql_type: None, path: &[], ..column })
        }
        (other, _) => other,
    }
}

fn has_document(adapter: &Adapter<'_>, table: &Table, place: usize) -> bool {
    adapter.column(place).is_some_and(|column| table.column(adapter.dialect, column.name).is_some())
}

fn rewritten(table: &Table, words: &Words, names: &[(usize, &String)]) -> Table {
    let index = |index: &Index| Index {
        parts: index.parts.iter().map(|part| words.part(part)).collect(),
        predicate: index.predicate.as_deref().map(|text| words.replaced(text)),
        ..index.clone()
    };
    let column = |column: &Column| Column {
        generated: column.generated.as_deref().map(|text| words.replaced(text)),
        ..column.clone()
    };
    let made = names.iter().map(|(_, name)| Column {
        name: (*name).clone(),
        nullable: true,
        has_default: true,
        ..Column::default()
    });
    Table {
        relation: table.relation,
        columns: table.columns.iter().map(column).chain(made).collect(),
        indexes: table.indexes.iter().map(index).collect(),
        checks: table.checks.clone(),
        engine: table.engine.clone(),
    }
}

/// The expressions of fields as a database prints them, the longest first: one can stand in another.
struct Words {
    dialect: Dialect,
    list: Vec<(Vec<String>, String)>,
}

impl Words {
    fn of(adapter: &Adapter<'_>, names: &[(usize, &String)]) -> Self {
        let printed = |(place, name): &(usize, &String)| {
            let texts = sql::printed(adapter, adapter.part(*place, 0));
            texts
                .into_iter()
                .map(|text| (significant(&tokens(adapter.dialect, &text)), (*name).clone()))
                .collect::<Vec<_>>()
        };
        let mut list: Vec<_> = names.iter().flat_map(printed).collect();
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Self { dialect: adapter.dialect, list }
    }

    fn part(&self, part: &Part) -> Part {
        let Part::Expression(text) = part else { return part.clone() };
        let text = self.replaced(text);
        let name = tokens(self.dialect, &text);
        match significant(&name).as_slice() {
            [only] if self.list.iter().any(|(_, name)| name == only) => {
                Part::Column { name: only.clone(), collation: None }
            }
            _ => Part::Expression(text),
        }
    }

    /// A text with the names of columns in the place of expressions.
    fn replaced(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (words, name) in &self.list {
            while let Some((start, end)) = found(&tokens(self.dialect, &text), words) {
                text.replace_range(start..end, &format!(" {} ", quote(self.dialect, name)));
            }
        }
        text
    }
}

/// Where words stand in a text, with the parentheses around them.
fn found(tokens: &[Token], words: &[String]) -> Option<(usize, usize)> {
    (0..tokens.len()).find_map(|first| {
        let (mut at, mut depth) = (first, 0_i32);
        let mut wanted = words.iter().peekable();
        while wanted.peek().is_some() || depth > 0 {
            let length = passed_over(&tokens[at..]);
            if length > 0 {
                let parentheses = tokens[at..at + length].iter().map(Token::depth);
                depth += parentheses.sum::<i32>();
                at += length;
            } else {
                let token = tokens.get(at)?;
                wanted.next().filter(|word| **word == token.text)?;
                at += 1;
            }
            if depth < 0 {
                return None;
            }
        }
        // A cast of the whole belongs to it.
        while passed_over(&tokens[at..]) > 1 {
            at += passed_over(&tokens[at..]);
        }
        let is_insignificant = passed_over(&tokens[first..]) > 1;
        (!is_insignificant).then(|| (tokens[first].start, tokens[at - 1].end))
    })
}

/// What an expression is known by.
fn significant(tokens: &[Token]) -> Vec<String> {
    let (mut words, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        match passed_over(&tokens[at..]) {
            0 => {
                words.push(tokens[at].text.clone());
                at += 1;
            }
            length => at += length,
        }
    }
    words
}

/// How many of the first tokens say nothing: a parenthesis, a cast, `ELSE NULL` before an end, a character set.
fn passed_over(tokens: &[Token]) -> usize {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|token| token.text == text && !token.is_text);
    let is_text = |at: usize| tokens.get(at).is_some_and(|token| token.is_text);
    if is(0, "(") || is(0, ")") {
        return 1;
    }
    if is(0, ":") && is(1, ":") {
        let array = if is(3, "[") && is(4, "]") { 2 } else { 0 };
        return if is(2, "character") && is(3, "varying") { 4 } else { 3 + array };
    }
    if is(0, "else") && is(1, "null") {
        // Postgres gives it the type of the others.
        let rest = passed_over(&tokens[2..]);
        return if rest > 1 { 2 + rest } else { 2 };
    }
    let is_charset = tokens.first().is_some_and(|token| !token.is_text && token.text.starts_with('_'));
    usize::from(is_charset && is_text(1))
}

struct Token {
    /// In lower case, but for texts and names in quotes.
    text: String,
    is_text: bool,
    start: usize,
    end: usize,
}

impl Token {
    fn depth(&self) -> i32 {
        match self.text.as_str() {
            "(" if !self.is_text => 1,
            ")" if !self.is_text => -1,
            _ => 0,
        }
    }
}

fn tokens(dialect: Dialect, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut token = String::new();
        match first {
            '\'' | '"' | '`' => {
                // MariaDB puts a backslash before a quote in a text that it prints.
                let escapes = first == '\'' && dialect == Dialect::MySql;
                while let Some((_, mut letter)) = letters.next() {
                    if escapes && letter == '\\' {
                        letter = letters.next().map_or(letter, |(_, next)| next);
                    } else if letter == first && letters.next_if(|(_, next)| *next == first).is_none() {
                        break;
                    }
                    token.push(letter);
                }
            }
            _ if is_letter(first) => {
                token.push(first);
                while let Some((_, letter)) = letters.next_if(|(_, letter)| is_letter(*letter)) {
                    token.push(letter);
                }
                token = token.to_lowercase();
            }
            _ => token.push(first),
        }
        let end = letters.peek().map_or(text.len(), |(end, _)| *end);
        tokens.push(Token { text: token, is_text: first == '\'', start, end });
    }
    tokens
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapter::{Column, Step};
    use crate::contract::Entity;
    use crate::contract::subscription::{FIELDS, ID, PROVIDER_ID, STATUS};
    use crate::form::{Form, Width};

    const COLUMN: Column<'_> = Column::new("Data", Form::Text).at(&[Step::Key("a"), Step::Key("b")]);

    fn replaced(dialect: Dialect, status: Column<'static>, text: &str) -> String {
        let field = |place: usize| match place {
            ID => Place::Column(Column::new("id", Form::Text)),
            STATUS => Place::Column(status),
            PROVIDER_ID => Place::Column(Column::new("Data", Form::Text).at(&[Step::Key("ref")])),
            _ => Place::Absent,
        };
        let fields: Vec<_> = (0..FIELDS.len()).map(field).collect();
        let table = adapter::Table { schema: None, name: "subs" };
        let entity = Entity::Subscription;
        let adapter = Adapter { entity, dialect, table, fields: &fields, extended: false };
        let (status, provider) = ("s".to_owned(), "p".to_owned());
        let words = Words::of(&adapter, &[(STATUS, &status), (PROVIDER_ID, &provider)]);
        words.replaced(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// As Postgres prints them.
    #[test]
    fn expressions_of_postgres_are_known() {
        for (text, expected) in [
            (
                "(((\"Data\" -> 'a'::text) ->> 'b'::text) = ANY (ARRAY['active'::text, 'trialing'::text]))",
                "( \"s\" = ANY (ARRAY['active'::text, 'trialing'::text]))",
            ),
            ("((\"Data\" ->> 'ref'::text))", "\"p\""),
            ("((\"Data\" ->> 'ref'::text) <> ''::text)", "( \"p\" <> ''::text)"),
            ("(data ->> 'ref'::text)", "(data ->> 'ref'::text)"),
        ] {
            assert_eq!(replaced(Dialect::Postgres, COLUMN, text), expected, "{text}");
        }
        let number = Column { form: Form::Integer(Width::I32), ..COLUMN };
        let text = "(CASE WHEN (((\"Data\" -> 'a'::text) ->> 'b'::text) ~ '^(0|-?[1-9][0-9]*)$'::text) \
                    THEN (((\"Data\" -> 'a'::text) ->> 'b'::text))::numeric ELSE NULL::numeric END = (1)::numeric)";
        assert_eq!(replaced(Dialect::Postgres, number, text), "( \"s\" = (1)::numeric)");
    }

    /// As MariaDB prints them.
    #[test]
    fn expressions_of_mysql_are_known() {
        let letters = |path: &str| {
            format!(
                "case when json_valid(`Data`) = 0 then NULL when json_type(json_extract(`Data`,'{path}')) = 'NULL' \
                 then NULL else json_unquote(json_extract(`Data`,'{path}')) end"
            )
        };
        let text = format!(
            "case when cast(convert({} using utf8mb4) as char charset binary) in ('on') then {} end",
            letters("$.a.b"),
            letters("$.ref")
        );
        assert_eq!(replaced(Dialect::MySql, COLUMN, &text), "case when `s` in ('on') then `p` end");
        let quoted = COLUMN.at(&[Step::Key("it's")]);
        let text = letters(r#"$."it\'s""#);
        assert_eq!(replaced(Dialect::MySql, quoted, &text), "`s`");
    }

    #[test]
    fn expressions_of_sqlite_are_known_as_they_were_written() {
        let own = "CASE WHEN NOT JSON_VALID(`Data`) THEN NULL WHEN JSON_TYPE(`Data`, '$.a.b') = 'text' \
                   THEN `Data` ->> '$.a.b' ELSE NULLIF(`Data` -> '$.a.b', 'null') END";
        let text = format!("({own} IN ('active') OR {own} IS NULL)");
        assert_eq!(replaced(Dialect::Sqlite, COLUMN, &text), "( `s` IN ('active') OR `s` IS NULL)");
    }
}
