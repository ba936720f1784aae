//! The text of a schema, with the parts that are changed one by one: the columns and keys of one table, and its indexes. A
//! line of the text holds one of them.

/// A script, and the table in it that is changed.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    before: String,
    head: String,
    pub(crate) items: Vec<Item>,
    tail: String,
    pub(crate) rest: Vec<Rest>,
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    Column(Column),
    Other(String),
}

/// What follows the table.
#[derive(Clone, Debug)]
pub(crate) enum Rest {
    /// An index of the table.
    Index(String),
    Text(String),
}

/// A column as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name without marks.
    pub(crate) name: String,
    /// Its name as it is written.
    pub(crate) written: String,
    pub(crate) ty: String,
    /// What follows the type.
    pub(crate) rest: String,
}

/// The words that end a type.
const AFTER_TYPE: [&str; 11] = [
    "NOT",
    "NULL",
    "DEFAULT",
    "PRIMARY",
    "UNIQUE",
    "REFERENCES",
    "CHECK",
    "COLLATE",
    "GENERATED",
    "AUTO_INCREMENT",
    "CHARACTER",
];
const NO_COLUMN: [&str; 6] = ["CONSTRAINT", "UNIQUE", "KEY", "PRIMARY", "FOREIGN", "CHECK"];

impl Script {
    /// Finds a table in a text that makes it.
    pub(crate) fn of(text: &str, table: &str) -> Self {
        let (start, end) = find(text, table);
        let open = start + text[start..end].find("(\n").expect("a table begins with a line of its own") + 2;
        let close = open + text[open..].find("\n)").expect("and ends with one");
        let mut items: Vec<String> = Vec::new();
        for line in text[open..close].lines() {
            match items.last_mut() {
                Some(last) if !is_item(line) => last.push_str(&format!("\n{line}")),
                _ => items.push(line.to_owned()),
            }
        }
        let after = close + 1 + text[close + 1..].find(";\n").expect("a statement ends") + 2;
        Self {
            before: text[..start].to_owned(),
            head: text[start..open].to_owned(),
            items: items.iter().map(|line| Item::read(line.trim().trim_end_matches(','))).collect(),
            tail: text[close + 1..after].to_owned(),
            rest: rest(&text[after..], table),
        }
    }

    pub(crate) fn text(&self) -> String {
        let items: Vec<_> = self.items.iter().map(|item| format!("    {}", item.text())).collect();
        let rest: String = self.rest.iter().map(Rest::text).collect();
        format!("{}{}{}\n{}{rest}", self.before, self.head, items.join(",\n"), self.tail)
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = (usize, &Column)> {
        self.items.iter().enumerate().filter_map(|(at, item)| match item {
            Item::Column(column) => Some((at, column)),
            Item::Other(_) => None,
        })
    }

    /// The same with statements before all others.
    pub(crate) fn after(mut self, statements: &str) -> Self {
        self.before = format!("{statements}\n{}", self.before);
        self
    }

    pub(crate) fn with_column(mut self, at: usize, change: impl FnOnce(&mut Column)) -> Self {
        if let Item::Column(column) = &mut self.items[at] {
            change(column);
        }
        self
    }

    /// The same without a line of the table.
    pub(crate) fn without(mut self, at: usize) -> Self {
        self.items.remove(at);
        self
    }

    /// The same without what is made of a column.
    pub(crate) fn without_keys_of(mut self, column: &str) -> Self {
        self.items.retain(|item| match item {
            Item::Column(it) => {
                it.name == column || !it.rest.contains("GENERATED") || !names(&it.rest, column)
            }
            Item::Other(text) => !names(text, column),
        });
        let made: Vec<_> = self.columns().map(|(_, it)| it.name.clone()).collect();
        self.items.retain(|item| !matches!(item, Item::Other(text) if text.contains("live_key") && !made.iter().any(|it| it == "live_key")));
        self.rest.retain(|rest| !matches!(rest, Rest::Index(text) if names(text, column)));
        self
    }

    /// Whether a check is about a column, and goes with it.
    pub(crate) fn is_checked(&self, column: &str) -> bool {
        self.items
            .iter()
            .any(|item| matches!(item, Item::Other(text) if text.contains("CHECK") && names(text, column)))
    }

    /// The same with another name for a column, in all that is said of the table.
    pub(crate) fn renamed(mut self, old: &str, new: &str) -> Self {
        for item in &mut self.items {
            match item {
                Item::Column(column) if column.name == old => {
                    column.written = column.written.replace(old, new);
                    column.rest = replaced(&column.rest, old, new);
                    column.name = new.to_owned();
                }
                Item::Column(column) => column.rest = replaced(&column.rest, old, new),
                Item::Other(text) => *text = replaced(text, old, new),
            }
        }
        for rest in &mut self.rest {
            if let Rest::Index(text) = rest {
                *text = replaced(text, old, new);
            }
        }
        self
    }

    /// The same with another column at the end of the table's.
    pub(crate) fn with(mut self, definition: &str) -> Self {
        let last = self.columns().last().map_or(0, |(at, _)| at + 1);
        self.items.insert(last, Item::Other(definition.to_owned()));
        self
    }
}

impl Item {
    fn read(line: &str) -> Self {
        let first = line.split([' ', '(']).next().unwrap_or_default();
        if NO_COLUMN.contains(&first) {
            return Self::Other(line.to_owned());
        }
        let (written, rest) = line.split_once(' ').unwrap_or((line, ""));
        let ends = |at: &usize| {
            let word = rest[*at..].split([' ', '(']).next().unwrap_or_default();
            AFTER_TYPE.contains(&word) && (*at == 0 || rest[..*at].ends_with(' '))
        };
        let end = rest.char_indices().map(|(at, _)| at).find(ends).unwrap_or(rest.len());
        let name = written.trim_matches(['"', '`']).to_owned();
        let (ty, rest) = (rest[..end].trim().to_owned(), rest[end..].to_owned());
        Self::Column(Column { name, written: written.to_owned(), ty, rest })
    }

    fn text(&self) -> String {
        match self {
            Self::Column(column) => {
                format!("{} {} {}", column.written, column.ty, column.rest).trim_end().to_owned()
            }
            Self::Other(text) => text.clone(),
        }
    }
}

impl Rest {
    fn text(&self) -> &str {
        let (Self::Index(text) | Self::Text(text)) = self;
        text
    }
}

fn is_item(line: &str) -> bool {
    line.starts_with("    ") && !line.starts_with("     ") && !line.starts_with("    )")
}

/// Where the statement that makes a table begins and ends.
fn find(text: &str, table: &str) -> (usize, usize) {
    let mut at = 0;
    while let Some(found) = text[at..].find("CREATE TABLE ") {
        let start = at + found;
        let name = text[start + 13..].trim_start_matches("IF NOT EXISTS ");
        let name = name.split(' ').next().unwrap_or_default();
        if name.trim_matches(['"', '`']) == table {
            return (start, text.len());
        }
        at = start + 13;
    }
    panic!("no statement makes `{table}`");
}

/// Statements, those that make an index of the table apart.
fn rest(text: &str, table: &str) -> Vec<Rest> {
    let mut rest = Vec::new();
    let mut other = String::new();
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let is_index = line.starts_with("CREATE INDEX") || line.starts_with("CREATE UNIQUE INDEX");
        let mut statement = line.to_owned();
        while is_index && !statement.trim_end().ends_with(';') {
            statement.push_str(lines.next().unwrap_or(";"));
        }
        let on = statement.split(" ON ").nth(1).and_then(|it| it.split([' ', '(']).next());
        if is_index && on.is_some_and(|on| on.trim_matches(['"', '`']) == table) {
            rest.push(Rest::Text(std::mem::take(&mut other)));
            rest.push(Rest::Index(statement));
        } else {
            other.push_str(&statement);
        }
    }
    rest.push(Rest::Text(other));
    rest
}

const fn is_letter(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

/// Where a name stands in a text as a word.
fn places(text: &str, name: &str) -> Vec<usize> {
    let is_word =
        |at: &usize| !text[..*at].ends_with(is_letter) && !text[at + name.len()..].starts_with(is_letter);
    text.match_indices(name).map(|(at, _)| at).filter(is_word).collect()
}

/// Whether a text names a column.
pub(crate) fn names(text: &str, column: &str) -> bool {
    !places(text, column).is_empty()
}

fn replaced(text: &str, old: &str, new: &str) -> String {
    let mut text = text.to_owned();
    for at in places(&text.clone(), old).into_iter().rev() {
        text.replace_range(at..at + old.len(), new);
    }
    text
}
