//! Formulas of Word (ISO 29500-1, 22.1) as TeX, as far as they are of the common
//! kinds; of others the signs are kept in their order.

use super::xml::Element;

/// The TeX of a formula.
pub(super) fn tex(element: &Element) -> String {
    let part = |name: &str| element.child(name).map(rows).unwrap_or_default();
    let script = |mark: char, name: &str| format!("{mark}{{{}}}", part(name));
    match element.name.as_str() {
        "m:f" => format!("\\frac{{{}}}{{{}}}", part("m:num"), part("m:den")),
        "m:sSup" => format!("{{{}}}{}", part("m:e"), script('^', "m:sup")),
        "m:sSub" => format!("{{{}}}{}", part("m:e"), script('_', "m:sub")),
        "m:sSubSup" => {
            format!("{{{}}}{}{}", part("m:e"), script('_', "m:sub"), script('^', "m:sup"))
        }
        "m:rad" => match part("m:deg") {
            degree if degree.is_empty() => format!("\\sqrt{{{}}}", part("m:e")),
            degree => format!("\\sqrt[{degree}]{{{}}}", part("m:e")),
        },
        "m:d" => {
            let sign = |name: &str, usual: &str| {
                let given = element.child("m:dPr").and_then(|p| p.value_of(name));
                delimiter(given.unwrap_or(usual))
            };
            let rows: Vec<String> =
                element.children.iter().filter(|c| c.name == "m:e").map(rows).collect();
            let (open, close) = (sign("m:begChr", "("), sign("m:endChr", ")"));
            format!("\\left{open} {} \\right{close}", rows.join(", "))
        }
        "m:nary" => {
            let sign = element.child("m:naryPr").and_then(|p| p.value_of("m:chr")).unwrap_or("∫");
            let limits = |mark: char, name: &str| match part(name) {
                limit if limit.is_empty() => String::new(),
                limit => format!("{mark}{{{limit}}}"),
            };
            let (below, above) = (limits('_', "m:sub"), limits('^', "m:sup"));
            format!("{}{below}{above} {}", escaped(sign), part("m:e"))
        }
        "m:func" => format!("{} {}", part("m:fName"), part("m:e")),
        "m:t" => escaped(&element.words()),
        name if name.ends_with("Pr") => String::new(),
        _ => rows(element),
    }
}

fn rows(element: &Element) -> String {
    element.children.iter().map(tex).collect::<Vec<_>>().join("")
}

fn delimiter(sign: &str) -> String {
    match sign {
        "" => ".".to_owned(),
        "{" | "}" => format!("\\{sign}"),
        sign => sign.to_owned(),
    }
}

/// Signs that TeX takes for commands.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\backslash "),
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => out.extend(['\\', c]),
            '^' | '~' => out.push(' '),
            '∑' => out.push_str("\\sum"),
            '∫' => out.push_str("\\int"),
            '∏' => out.push_str("\\prod"),
            c => out.push(c),
        }
    }
    out
}
