//! The page as what it is made of: sections, and in each the blocks and the words between them.

/// A block between two fences, or the words between two blocks.
#[derive(Debug)]
pub struct Part {
    /// The line of the page that its first line is, from 0.
    pub line: usize,
    pub section: String,
    /// The language after the fence; nothing for words.
    pub fence: Option<String>,
    pub lines: Vec<String>,
}

impl Part {
    pub fn is(&self, fence: &str) -> bool {
        self.fence.as_deref() == Some(fence)
    }
}

/// Takes a page apart.
pub fn parts(page: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut section, mut inside) = (String::new(), false);
    for (number, line) in page.lines().enumerate() {
        let mut begin = |section: &str, fence: Option<String>, line: usize| {
            parts.push(Part { line, section: section.to_owned(), fence, lines: Vec::new() });
        };
        if let Some(fence) = line.strip_prefix("```") {
            inside = !inside;
            begin(&section, inside.then(|| fence.to_owned()), number + 1);
            continue;
        }
        if let (false, Some(heading)) = (inside, line.strip_prefix("## ").or_else(|| line.strip_prefix("### "))) {
            heading.clone_into(&mut section);
            begin(&section, None, number);
        }
        if parts.is_empty() {
            parts.push(Part { line: 0, section: String::new(), fence: None, lines: Vec::new() });
        }
        if let Some(last) = parts.last_mut() {
            last.lines.push(line.to_owned());
        }
    }
    parts
}
