//! What the grammar makes of a source: just enough of a tree to say what is wrong with it.

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An optional part that is not there.
    Absent,
    /// One token.
    Token,
    /// Several parts in a row.
    List,
    Name,
    Attribute,
    Subscript,
    Starred,
    ListDisplay,
    Tuple,
    Lambda,
    Call,
    Operation,
    GeneratorExp,
    Yield,
    Await,
    ListComp,
    SetComp,
    DictComp,
    Dict,
    Set,
    JoinedStr,
    TemplateStr,
    Literal,
    Bytes,
    None,
    True,
    False,
    Ellipsis,
    Compare,
    IfExp,
    NamedExpr,
    Slice,
    Args,
    Keyword,
    DoubleStarred,
    Clause,
    Param,
    Pattern,
    Stmt,
}

impl Kind {
    /// The kind that the grammar's text names.
    pub fn from_name(name: &str) -> Kind {
        match name {
            "Attribute" => Kind::Attribute,
            "Subscript" => Kind::Subscript,
            "Starred" => Kind::Starred,
            "List" => Kind::ListDisplay,
            "Tuple" => Kind::Tuple,
            "Lambda" => Kind::Lambda,
            "Call" => Kind::Call,
            "Operation" => Kind::Operation,
            "GeneratorExp" => Kind::GeneratorExp,
            "Yield" => Kind::Yield,
            "Await" => Kind::Await,
            "ListComp" => Kind::ListComp,
            "SetComp" => Kind::SetComp,
            "DictComp" => Kind::DictComp,
            "Dict" => Kind::Dict,
            "Set" => Kind::Set,
            "JoinedStr" => Kind::JoinedStr,
            "TemplateStr" => Kind::TemplateStr,
            "None" => Kind::None,
            "True" => Kind::True,
            "False" => Kind::False,
            "Ellipsis" => Kind::Ellipsis,
            "Compare" => Kind::Compare,
            "IfExp" => Kind::IfExp,
            "NamedExpr" => Kind::NamedExpr,
            "Slice" => Kind::Slice,
            "Args" => Kind::Args,
            "Keyword" => Kind::Keyword,
            "DoubleStarred" => Kind::DoubleStarred,
            "Clause" => Kind::Clause,
            "Param" => Kind::Param,
            "Pattern" => Kind::Pattern,
            "Stmt" => Kind::Stmt,
            _ => unreachable!("the grammar names no node {name}"),
        }
    }

    /// How messages call an expression (`_PyPegen_get_expr_name`).
    pub fn description(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Attribute => "attribute",
            Kind::Subscript => "subscript",
            Kind::Starred => "starred",
            Kind::ListDisplay => "list",
            Kind::Tuple => "tuple",
            Kind::Lambda => "lambda",
            Kind::Call => "function call",
            Kind::Operation => "expression",
            Kind::GeneratorExp => "generator expression",
            Kind::Yield => "yield expression",
            Kind::Await => "await expression",
            Kind::ListComp => "list comprehension",
            Kind::SetComp => "set comprehension",
            Kind::DictComp => "dict comprehension",
            Kind::Dict => "dict literal",
            Kind::Set => "set display",
            Kind::JoinedStr => "f-string expression",
            Kind::TemplateStr => "t-string expression",
            Kind::Literal | Kind::Bytes => "literal",
            Kind::None => "None",
            Kind::True => "True",
            Kind::False => "False",
            Kind::Ellipsis => "ellipsis",
            Kind::Compare => "comparison",
            Kind::IfExp => "conditional expression",
            Kind::NamedExpr => "named expression",
            _ => "expression",
        }
    }
}

/// A node's index.
pub(super) type NodeId = u32;

/// A node: its kind, its tokens (the end is exclusive), its parts.
#[derive(Debug)]
pub(super) struct Node {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    pub parts: Vec<NodeId>,
}

/// All nodes made so far.
#[derive(Default)]
pub(super) struct Nodes(Vec<Node>);

impl Nodes {
    pub fn add(&mut self, kind: Kind, start: usize, end: usize, parts: Vec<NodeId>) -> NodeId {
        self.0.push(Node { kind, start, end, parts });
        self.0.len() as NodeId - 1
    }

    pub fn get(&self, id: NodeId) -> &Node {
        &self.0[id as usize]
    }

    pub fn set_kind(&mut self, id: NodeId, kind: Kind) {
        self.0[id as usize].kind = kind;
    }

    pub fn kind(&self, id: NodeId) -> Kind {
        self.get(id).kind
    }

    /// The parts that are neither tokens nor absent, those of lists in place of the lists.
    pub fn elements(&self, id: NodeId) -> Vec<NodeId> {
        let mut elements = Vec::new();
        self.collect(id, &mut elements);
        elements
    }

    fn collect(&self, id: NodeId, elements: &mut Vec<NodeId>) {
        for &part in &self.get(id).parts {
            match self.kind(part) {
                Kind::Token | Kind::Absent => {}
                Kind::List => self.collect(part, elements),
                _ => elements.push(part),
            }
        }
    }
}
