//! Statements: text, actions, and the blocks that keywords open.

use std::fmt;
use std::mem;

use homescale_value::Str;

use crate::lex::{Item, Kind};
use crate::node::{Action, Branch, Invocation, List, Node, Pipe};

use super::{Parse, Parser};

/// A statement, or the keyword that ends a list of them.
pub(super) enum Statement {
    Node(Node),
    End,
    Else,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Node(_) => f.write_str("statement"),
            Self::End => f.write_str("{{end}}"),
            Self::Else => f.write_str("{{else}}"),
        }
    }
}

impl Parser<'_> {
    /// The whole text. As a list of statements, but definitions are allowed.
    pub(super) fn file(&mut self) -> Parse<()> {
        let mark = self.nodes.len();
        while self.peek().kind != Kind::Eof {
            if self.peek().kind == Kind::LeftDelim {
                let delimiter = self.next();
                if self.next_non_space().kind == Kind::Define {
                    self.definition()?;
                    continue;
                }
                self.push_back(delimiter);
            }
            match self.statement()? {
                Statement::Node(node) => self.nodes.push(node),
                end => return Err(format!("unexpected {end}").into()),
            }
        }
        let body = self.nodes.split_off(mark).into();
        self.define(self.file.into(), body)
    }

    /// Text or an action.
    pub(super) fn statement(&mut self) -> Parse<Statement> {
        let item = self.next_non_space();
        match item.kind {
            Kind::Text => Ok(Statement::Node(Node::Text(item.slice))),
            Kind::LeftDelim => {
                self.scope.action = Some(item);
                let statement = self.action()?;
                self.scope.action = None;
                Ok(statement)
            }
            _ => Err(self.unexpected(item, "input")),
        }
    }

    /// What follows a left delimiter.
    fn action(&mut self) -> Parse<Statement> {
        let item = self.next_non_space();
        let node = match item.kind {
            Kind::Block => self.nested(Self::block)?,
            Kind::Break => {
                self.loop_control("break")?;
                Node::Break
            }
            Kind::Continue => {
                self.loop_control("continue")?;
                Node::Continue
            }
            Kind::Else => return self.else_control(),
            Kind::End => {
                self.expect(Kind::RightDelim, "end")?;
                return Ok(Statement::End);
            }
            Kind::If | Kind::Range | Kind::With => self.branch(item.kind)?,
            Kind::Template => self.template()?,
            _ => {
                self.back_up();
                let offset = self.peek().slice.start;
                // Variables that this declares stay in sight until the block ends.
                let pipe = self.pipeline("command", Kind::RightDelim)?;
                Node::Action(Action { offset, pipe })
            }
        };
        Ok(Statement::Node(node))
    }

    fn loop_control(&mut self, keyword: &str) -> Parse<()> {
        let item = self.next_non_space();
        if item.kind != Kind::RightDelim {
            return Err(self.unexpected(item, &format!("{{{{{keyword}}}}}")));
        }
        if self.scope.ranges == 0 {
            return Err(format!("{{{{{keyword}}}}} outside {{{{range}}}}").into());
        }
        Ok(())
    }

    /// Leaves the keyword of `else if` and `else with` to be read.
    fn else_control(&mut self) -> Parse<Statement> {
        let next = self.peek_non_space();
        if !matches!(next.kind, Kind::If | Kind::With) {
            self.expect(Kind::RightDelim, "else")?;
        }
        Ok(Statement::Else)
    }

    /// A block that `if`, `range` or `with` opens.
    fn branch(&mut self, keyword: Kind) -> Parse<Node> {
        let branch = self.nested(|parser| {
            let mark = parser.scope.mark();
            let branch = parser.branch_inside(keyword)?;
            parser.scope.forget(mark);
            Ok(branch)
        })?;
        let branch = Box::new(branch);
        Ok(match keyword {
            Kind::Range => Node::Range(branch),
            Kind::With => Node::With(branch),
            _ => Node::If(branch),
        })
    }

    fn branch_inside(&mut self, keyword: Kind) -> Parse<Branch> {
        let context = match keyword {
            Kind::Range => "range",
            Kind::With => "with",
            _ => "if",
        };
        let pipe = self.pipeline(context, Kind::RightDelim)?;
        let ranges = self.scope.ranges;
        self.scope.ranges += usize::from(keyword == Kind::Range);
        let (body, end) = self.list()?;
        self.scope.ranges = ranges;
        let otherwise = match end {
            Statement::Else => Some(self.otherwise(keyword)?),
            _ => None,
        };
        Ok(Branch {
            pipe,
            body,
            otherwise,
        })
    }

    /// What follows `else`. In `{{ else if }}` the inner block's `end` is also that of the outer one.
    fn otherwise(&mut self, keyword: Kind) -> Parse<List> {
        if keyword != Kind::Range && self.peek().kind == keyword {
            self.next();
            return Ok([self.branch(keyword)?].into());
        }
        let (list, end) = self.list()?;
        match end {
            Statement::End => Ok(list),
            other => Err(format!("expected end; found {other}").into()),
        }
    }

    /// Statements up to `end` or `else`, which is returned, too.
    fn list(&mut self) -> Parse<(List, Statement)> {
        let mark = self.nodes.len();
        while self.peek_non_space().kind != Kind::Eof {
            match self.statement()? {
                Statement::Node(node) => self.nodes.push(node),
                end => return Ok((self.nodes.split_off(mark).into(), end)),
            }
        }
        Err("unexpected EOF".into())
    }

    /// `{{ define "name" }}…{{ end }}`; the keyword has been read.
    pub(super) fn definition(&mut self) -> Parse<()> {
        const CONTEXT: &str = "define clause";
        let outer = mem::take(&mut self.scope);
        let item = self.next_non_space();
        let name = self.template_name(item, CONTEXT)?;
        self.expect(Kind::RightDelim, CONTEXT)?;
        let (body, end) = self.list()?;
        if !matches!(end, Statement::End) {
            return Err(format!("unexpected {end} in {CONTEXT}").into());
        }
        self.define(name, body.into())?;
        self.scope = outer;
        Ok(())
    }

    /// `{{ block "name" pipe }}…{{ end }}`: a definition and its use.
    fn block(&mut self) -> Parse<Node> {
        const CONTEXT: &str = "block clause";
        let item = self.next_non_space();
        let name = self.template_name(item, CONTEXT)?;
        let pipe = self.pipeline(CONTEXT, Kind::RightDelim)?;
        let outer = mem::take(&mut self.scope);
        let (body, end) = self.list()?;
        if !matches!(end, Statement::End) {
            self.scope = outer;
            return Err(format!("unexpected {end} in {CONTEXT}").into());
        }
        self.define(name.clone(), body.into())?;
        self.scope = outer;
        Ok(invocation(item, name, Some(pipe)))
    }

    /// `{{ template "name" pipe }}`; the pipe may be absent.
    fn template(&mut self) -> Parse<Node> {
        const CONTEXT: &str = "template clause";
        let item = self.next_non_space();
        let name = self.template_name(item, CONTEXT)?;
        let pipe = if self.next_non_space().kind == Kind::RightDelim {
            None
        } else {
            self.back_up();
            Some(self.pipeline(CONTEXT, Kind::RightDelim)?)
        };
        Ok(invocation(item, name, pipe))
    }

    fn template_name(&mut self, item: Item, context: &str) -> Parse<Str> {
        if !matches!(item.kind, Kind::String | Kind::RawString) {
            return Err(self.unexpected(item, context));
        }
        self.string(item)
    }
}

fn invocation(item: Item, name: Str, pipe: Option<Pipe>) -> Node {
    Node::Template(Box::new(Invocation {
        offset: item.slice.start,
        name,
        pipe,
    }))
}
