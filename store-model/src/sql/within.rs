//! Values within documents, as expressions: what a field reads as has the type of its form, whatever the document has.

use super::quote::{literal, quote};
use crate::adapter::{Adapter, Column, Dialect, Part, Step, Stored};
use crate::form::Form;

/// A value within a document.
#[derive(Clone, Copy)]
pub(super) struct Within<'a> {
    dialect: Dialect,
    /// The document, an expression.
    document: &'a str,
    path: &'a [Step<'a>],
    /// Whether it is known to be one.
    is_sound: bool,
}

impl<'a> Within<'a> {
    /// The value that a column has in a document.
    pub(super) const fn new(dialect: Dialect, document: &'a str, path: &'a [Step<'a>]) -> Self {
        Self { dialect, document, path, is_sound: false }
    }

    /// The same in a document that is known to be one.
    pub(super) const fn sound(self) -> Self {
        Self { is_sound: true, ..self }
    }

    /// It as JSON; null is told from NULL.
    pub(super) fn json(&self) -> String {
        let Self { dialect, document, path, .. } = *self;
        match dialect {
            Dialect::Postgres => format!("({document}{})", steps(path, " -> ")),
            Dialect::MySql => format!("JSON_EXTRACT({document}, {})", self.path()),
            Dialect::Sqlite => format!("({document} -> {})", self.path()),
        }
    }

    /// It as text: that of a text, the digits of a number; NULL for null.
    pub(super) fn text(&self) -> String {
        let Self { dialect, document, path, .. } = *self;
        match dialect {
            Dialect::Postgres => format!("({document}{})", steps(path, " ->> ")),
            Dialect::MySql => format!("BINARY CONVERT({} USING utf8mb4)", self.in_letters()),
            Dialect::Sqlite => {
                let (path, only_if) = (self.path(), self.only_if_json());
                format!(
                    "CASE WHEN {only_if}JSON_TYPE({document}, {path}) = 'text' THEN {document} ->> {path} \
                     ELSE NULLIF({document} -> {path}, 'null') END"
                )
            }
        }
    }

    /// The text on MySQL, as it compares by its letters.
    pub(super) fn in_letters(&self) -> String {
        let (json, only_if) = (self.json(), self.only_if_json());
        format!("CASE WHEN {only_if}JSON_TYPE({json}) = 'NULL' THEN NULL ELSE JSON_UNQUOTE({json}) END")
    }

    /// Of what is no JSON nothing is asked: that would be an error.
    fn only_if_json(&self) -> String {
        match self.dialect {
            _ if self.is_sound => String::new(),
            Dialect::MySql => format!("JSON_VALID({}) = 0 THEN NULL WHEN ", self.document),
            _ => format!("NOT JSON_VALID({}) THEN NULL WHEN ", self.document),
        }
    }

    /// It in the type of a form; NULL for null, and where it is nothing that the form reads.
    pub(super) fn value(&self, form: Form<'_>) -> String {
        match (form, self.dialect) {
            (Form::Json | Form::AnyJson, _) => self.json(),
            (Form::Boolean, dialect) => truth(dialect, &self.text()),
            (Form::Integer(_) | Form::Seconds | Form::Epoch(_), Dialect::Sqlite) => self.whole_of_sqlite(),
            (Form::Integer(_) | Form::Seconds | Form::Epoch(_), dialect) => whole(dialect, &self.text()),
            (Form::TimeText(_), Dialect::Postgres) => format!("{} COLLATE \"C\"", self.text()),
            _ => self.text(),
        }
    }

    /// A whole number, or the digits of one.
    fn whole_of_sqlite(&self) -> String {
        let (document, path) = (self.document, self.path());
        let number = format!("CAST({document} ->> {path} AS INTEGER)");
        format!(
            "CASE WHEN {}JSON_TYPE({document}, {path}) IN ('integer', 'text') \
             AND CAST({number} AS TEXT) = {document} ->> {path} THEN {number} END",
            self.only_if_json(),
        )
    }

    /// That it is a text or a number, and nothing whose JSON would be taken for its text.
    pub(super) fn is_scalar(&self) -> String {
        let json = self.json();
        match self.dialect {
            Dialect::Postgres => format!("jsonb_typeof({json}) IN ('string', 'number')"),
            Dialect::MySql => format!("JSON_TYPE({json}) NOT IN ('OBJECT', 'ARRAY', 'BOOLEAN')"),
            Dialect::Sqlite => {
                format!("JSON_TYPE({}, {}) IN ('text', 'integer', 'real')", self.document, self.path())
            }
        }
    }

    /// The path as a literal.
    pub(super) fn path(&self) -> String {
        path(self.dialect, self.path)
    }
}

/// The value of a column within a document, in the type of its form.
pub(super) fn value(dialect: Dialect, column: &Column<'_>, document: &str) -> String {
    Within::new(dialect, document, column.path).value(column.form)
}

/// The text of JSON that is a text or a number; on MySQL the JSON stands in it once, since it may be a placeholder.
pub(super) fn text_of(dialect: Dialect, json: &str) -> String {
    match dialect {
        Dialect::Postgres => format!("({json} #>> '{{}}')"),
        Dialect::MySql => format!("BINARY CONVERT(JSON_UNQUOTE(JSON_EXTRACT({json}, '$')) USING utf8mb4)"),
        Dialect::Sqlite => {
            format!("CASE WHEN JSON_TYPE({json}) = 'text' THEN {json} ->> '$' ELSE {json} END")
        }
    }
}

/// JSON of a form in the type of that form.
pub(super) fn value_of(dialect: Dialect, form: Form<'_>, json: &str) -> String {
    let text = text_of(dialect, json);
    match (form, dialect) {
        (Form::Boolean, _) => truth(dialect, &text),
        (Form::Integer(_) | Form::Seconds | Form::Epoch(_), Dialect::Postgres) => format!("{text}::numeric"),
        (Form::Integer(_) | Form::Seconds | Form::Epoch(_), Dialect::MySql) => {
            format!("CAST({text} AS DECIMAL(38, 0))")
        }
        (Form::Integer(_) | Form::Seconds | Form::Epoch(_), Dialect::Sqlite) => {
            format!("CAST({text} AS INTEGER)")
        }
        _ => text,
    }
}

fn truth(dialect: Dialect, text: &str) -> String {
    let [yes, no] = [true, false].map(|truth| literal(dialect, Stored::Boolean(truth)));
    format!("CASE {text} WHEN 'true' THEN {yes} WHEN 'false' THEN {no} END")
}

/// The column and the keys that lead to a value in it, as texts name it: `data.plan.id`.
pub(crate) fn place(column: &Column<'_>) -> String {
    format!("{}{}", column.name, steps_of(column.path))
}

/// The value of a part within a document as a database may print it.
pub(crate) fn printed(adapter: &Adapter<'_>, part: Part<'_>) -> Vec<String> {
    let (dialect, column) = (adapter.dialect, part.column);
    let name = quote(dialect, column.name);
    let within = Within::new(dialect, &name, column.path);
    let own = within.value(column.form);
    if dialect != Dialect::MySql {
        return vec![own];
    }
    let letters = within.in_letters();
    let of_mariadb = format!("CAST(CONVERT({letters} USING utf8mb4) AS CHAR CHARSET BINARY)");
    let printed = own.replace(&within.text(), &of_mariadb);
    vec![own, printed, letters]
}

/// A text as a whole number, if it is one in plain digits.
fn whole(dialect: Dialect, text: &str) -> String {
    match dialect {
        Dialect::MySql => format!(
            "CASE WHEN {text} REGEXP '^(0|-?[1-9][0-9]{{0,36}})$' THEN CAST({text} AS DECIMAL(38, 0)) END"
        ),
        _ => format!("CASE WHEN {text} ~ '^(0|-?[1-9][0-9]*)$' THEN {text}::numeric END"),
    }
}

/// ` -> 'a' ->> 'b'`, of which a key leads into objects only, and a number into arrays.
fn steps(path: &[Step<'_>], last: &str) -> String {
    let (end, before) = path.split_last().expect("a path has a step");
    let before: String = before.iter().map(|step| format!(" -> {}", operand(step))).collect();
    format!("{before}{last}{}", operand(end))
}

fn operand(step: &Step<'_>) -> String {
    match step {
        Step::Key(key) => literal(Dialect::Postgres, Stored::Text(key)),
        Step::Index(index) => index.to_string(),
    }
}

/// `'$.a."b c"[0]'`
pub(super) fn path(dialect: Dialect, path: &[Step<'_>]) -> String {
    literal(dialect, Stored::Text(&format!("${}", steps_of(path))))
}

/// `.a."b c"[0]`
pub(crate) fn steps_of(path: &[Step<'_>]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) if is_plain(key) => format!(".{key}"),
        Step::Key(key) => format!(".\"{key}\""),
        Step::Index(index) => format!("[{index}]"),
    });
    steps.collect()
}

/// Whether a key needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    key.bytes().next().is_some_and(is_letter)
        && key.bytes().all(|byte| is_letter(byte) || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Width;

    const PATH: &[Step<'_>] = &[Step::Key("a"), Step::Key("it's b"), Step::Index(0)];

    fn of(dialect: Dialect) -> Within<'static> {
        Within::new(dialect, "doc", PATH)
    }

    #[test]
    fn a_value_is_read_as_text() {
        assert_eq!(of(Dialect::Postgres).text(), "(doc -> 'a' -> 'it''s b' ->> 0)");
        assert_eq!(
            of(Dialect::MySql).text(),
            "BINARY CONVERT(CASE WHEN JSON_VALID(doc) = 0 THEN NULL \
             WHEN JSON_TYPE(JSON_EXTRACT(doc, '$.a.\"it''s b\"[0]')) = 'NULL' THEN NULL \
             ELSE JSON_UNQUOTE(JSON_EXTRACT(doc, '$.a.\"it''s b\"[0]')) END USING utf8mb4)"
        );
        assert_eq!(
            of(Dialect::Sqlite).text(),
            "CASE WHEN NOT JSON_VALID(doc) THEN NULL WHEN JSON_TYPE(doc, '$.a.\"it''s b\"[0]') = 'text' \
             THEN doc ->> '$.a.\"it''s b\"[0]' ELSE NULLIF(doc -> '$.a.\"it''s b\"[0]', 'null') END"
        );
    }

    #[test]
    fn a_value_has_the_type_of_its_form() {
        let value = |form| Within::new(Dialect::Postgres, "doc", &PATH[..1]).value(form);
        assert_eq!(value(Form::Text), "(doc ->> 'a')");
        assert_eq!(
            value(Form::Integer(Width::I32)),
            "CASE WHEN (doc ->> 'a') ~ '^(0|-?[1-9][0-9]*)$' THEN (doc ->> 'a')::numeric END"
        );
        assert_eq!(
            value(Form::Boolean),
            "CASE (doc ->> 'a') WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END"
        );
        assert_eq!(value(Form::TimeText("%F")), "(doc ->> 'a') COLLATE \"C\"");
        assert_eq!(value(Form::Json), "(doc -> 'a')");
        assert_eq!(value_of(Dialect::Postgres, Form::Text, "$1"), "($1 #>> '{}')");
        assert_eq!(value_of(Dialect::MySql, Form::INTEGER, "?").matches('?').count(), 1);
    }
}
