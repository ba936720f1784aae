//! Ids, names and codes.

use store_core::__private::{Constant, Dialect, Form};
use store_core::contract::fields::Value;
use store_model::contract::{Field, Kind};
use store_model::form::Width;

use super::{Shape, text};

const NIL: &str = "00000000-0000-0000-0000-000000000000";

pub(super) fn of(dialect: Dialect, place: usize, field: Field) -> Vec<Shape> {
    let texts = |list: &[&str]| list.iter().map(|it| text(field, it)).collect::<Vec<_>>();
    let plain = Shape::new(Form::Text, texts(&["", "a", "A", "a ", " a", "é", "e\u{301}", "😀"]), Vec::new());
    let uuids = texts(&[NIL, "ffffffff-ffff-ffff-ffff-ffffffffffff", "00112233-4455-6677-8899-aabbccddeeff"]);
    let no_uuids =
        texts(&["", "a", "0A112233-4455-6677-8899-AABBCCDDEEFF", "0a112233445566778899aabbccddeeff"]);
    let uuid = Shape::new(Form::Uuid, uuids.clone(), no_uuids.clone());
    let bytes = Shape::new(Form::UuidBytes, uuids, no_uuids);
    let char = Shape::new(
        Form::Char(4),
        texts(&["", "a", "abcd", "éééé", " a"]),
        texts(&["a ", "abcde", "ééééé", "    "]),
    );
    let whole = integer(field, Width::I64);

    let mut shapes = vec![plain.clone(), uuid.clone(), bytes.clone(), char, whole.clone()];
    let others = [Width::I16, Width::I32, Width::U16, Width::U32, Width::U64];
    shapes.extend(others.map(|width| integer(field, width)));
    if dialect == Dialect::Postgres {
        shapes.push(whole.clone().with(|column| column.of_type("whole")));
        shapes.push(uuid.clone().with(|column| column.of_type("identity")));
        shapes.push(plain.clone().with(|column| column.of_type("code")));
    }
    let nil = match dialect {
        Dialect::Postgres => format!("'\\x{}'", "00".repeat(16)),
        _ => format!("x'{}'", "00".repeat(16)),
    };
    match field.kind {
        Kind::OptionalKey => shapes.extend([
            plain.also_none(Constant::Text(""), "''", &text(field, "")),
            plain.also_none(Constant::Text("none"), "'none'", &text(field, "none")),
            whole.also_none(Constant::Text("0"), "0", &text(field, "0")),
            uuid.also_none(Constant::Text(NIL), &format!("'{NIL}'"), &text(field, NIL)),
            bytes.also_none(Constant::Text(NIL), &nil, &text(field, NIL)),
        ]),
        _ if place == 0 => {}
        _ => shapes.extend([
            plain.if_null(Constant::Text(""), text(field, "")).also_reading("''", text(field, "")),
            plain
                .if_null(Constant::Text("none"), text(field, "none"))
                .also_reading("'none'", text(field, "none")),
            whole.if_null(Constant::Text("7"), text(field, "7")).also_reading("7", text(field, "7")),
            uuid.if_null(Constant::Text(NIL), text(field, NIL))
                .also_reading(&format!("'{NIL}'"), text(field, NIL)),
            bytes.if_null(Constant::Text(NIL), text(field, NIL)).also_reading(&nil, text(field, NIL)),
        ]),
    }
    // For an id of zero MySQL may make another.
    let zero = text(field, "0");
    let is_number = |shape: &&mut Shape| matches!(shape.column.form, Form::Integer(_));
    for shape in shapes.iter_mut().filter(|_| place == 0 && dialect == Dialect::MySql).filter(is_number) {
        shape.holds.retain(|value| *value != zero);
        shape.refuses.push(zero.clone());
    }
    shapes
}

/// Digits, as numbers are written.
fn integer(field: Field, width: Width) -> Shape {
    let [first, last]: [i128; 2] = match width {
        Width::I16 => [-32_768, 32_767],
        Width::I32 => [-2_147_483_648, 2_147_483_647],
        // No driver sends more than 64 bits with a sign but that of MySQL.
        Width::I64 => [i64::MIN.into(), i64::MAX.into()],
        Width::U8 => [0, 255],
        Width::U16 => [0, 65_535],
        Width::U32 => [0, 4_294_967_295],
        Width::U64 => [0, i64::MAX.into()],
    };
    let number = |number: i128| text(field, &number.to_string());
    let odd = ["007", "+7", " 7", "7 ", "-0", "7.0", "1e3", "٣", "", "a"];
    let mut refuses: Vec<Value> = odd.iter().map(|it| text(field, it)).collect();
    refuses.push(number(first - 1));
    if width != Width::U64 {
        refuses.push(number(last + 1));
    }
    Shape::new(Form::Integer(width), [first, first + 1, 7, last - 1, last].map(number).to_vec(), refuses)
}
