//! Writes the two WebAssembly functions of each function that may pause.
//!
//! A program writes such a function once, as
//!
//! ```wat
//! (twins $fib (param $n i64) (result i64) (local $first i64) (local $second i64)
//!   (segment
//!     (if (i64.lt_s (local.get $n) (i64.const 2)) (then (done (local.get $n))))
//!     (calls $first $fib (i64.sub (local.get $n) (i64.const 1))))
//!   (segment (keeps $n)
//!     (calls $second $fib (i64.sub (local.get $n) (i64.const 2))))
//!   (segment (keeps $first)
//!     (done (i64.add (local.get $first) (local.get $second)))))
//! ```
//!
//! The fast twin `$fib`, of the type `(n, depth) -> (result, status)`, is what other functions call.
//! It saves its frame only if it pauses. The resume twin `$fib.resumes`, of the type
//! `(frame, goroutine) -> status`, goes on from a frame, and only the trampoline `$turn` calls it.
//! The status is 0 if the function has ended. Otherwise it is the reason of the pause plus 1.
//! `depth` is the size in bytes of the frames of all callers on the native stack, so it also says
//! where the function's own frame belongs.
//!
//! The code of a function is divided into segments. A paused function goes on at the beginning of a
//! segment. There, `keeps` names the locals that are still needed. A segment consists of ordinary
//! instructions and of these forms:
//!
//! - `(done VALUE)`: the function returns a value.
//! - `(calls $local $function ARGUMENT …)`: calls a function that may pause. The next segment finds
//!   the function's result in the local, and must not poll. This form ends a segment.
//! - `(waits $REASON)`: the goroutine waits, and goes on with the next segment. This form ends a
//!   segment, or a branch of a condition in it.
//! - `(poll $loop)`: branches to the loop. If the goroutine has to pause first, it goes on at the
//!   beginning of the segment later. So the loop must be the first instruction of the segment.
//! - `(again)`: goes on with the segment that is marked `loops`. This form ends the last segment.
//!
//! A function that calls itself also polls at its entry, but only where the depth passes a multiple of
//! about 16 frames. So a function that calls itself twice calls itself at most 2^16 times between two
//! polls. In a recursion that does nothing else (`fib`, in Chromium) this takes no more time than no
//! poll. To look at the poll word at each entry takes 8 % more, and to count each entry 56 % more
//! (`tests/measure/README.md`).

use std::collections::BTreeMap;
use std::fmt;

/// The bytes of a frame before what its function keeps: the function, the caller's frame, and the
/// segment.
const HEADER: usize = 12;

/// The offset of the caller's frame in a frame.
const CALLER: usize = 4;

/// The offset of the result in the frame of a function that has ended. The caller reads it there.
const RESULT: usize = 8;

/// A part of a text: a word, or what stands between two parentheses.
#[derive(Clone)]
enum Node {
    Word(String),
    List(Vec<Node>),
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Word(word) => f.write_str(word),
            Node::List(nodes) => write!(f, "({})", join(nodes)),
        }
    }
}

impl Node {
    /// Returns the nodes after the first, if this is a list that begins with `word`.
    fn form(&self, word: &str) -> Option<&[Node]> {
        match self {
            Node::List(nodes) => match nodes.split_first() {
                Some((Node::Word(first), rest)) if first == word => Some(rest),
                _ => None,
            },
            Node::Word(_) => None,
        }
    }

    /// Returns whether there is a form of this name in this node.
    fn contains(&self, name: &str) -> bool {
        match self {
            Node::Word(_) => false,
            Node::List(nodes) => {
                self.form(name).is_some() || nodes.iter().any(|node| node.contains(name))
            }
        }
    }
}

fn join(nodes: &[Node]) -> String {
    nodes.iter().map(Node::to_string).collect::<Vec<_>>().join(" ")
}

/// Parses a text, without its comments.
fn parse(text: &str) -> Vec<Node> {
    let mut open = vec![Vec::new()];
    for line in text.lines() {
        let code = line.split(";;").next().unwrap_or_default();
        for word in code.replace('(', " ( ").replace(')', " ) ").split_whitespace() {
            match word {
                "(" => open.push(Vec::new()),
                ")" => {
                    let list = open.pop().expect("a parenthesis that was opened");
                    open.last_mut().expect("no parenthesis is closed twice").push(Node::List(list));
                }
                word => open.last_mut().expect("a list").push(Node::Word(word.to_owned())),
            }
        }
    }
    assert_eq!(open.len(), 1, "each parenthesis is closed");
    open.remove(0)
}

/// A part of a function's code, at whose beginning the function can go on.
struct Segment {
    keeps: Vec<String>,
    /// Whether `(again)` goes on here.
    loops: bool,
    code: Vec<Node>,
}

impl Segment {
    fn new(form: &[Node]) -> Segment {
        let mut segment = Segment { keeps: Vec::new(), loops: false, code: Vec::new() };
        for node in form {
            if let Some(kept) = node.form("keeps") {
                segment.keeps = kept.iter().map(Node::to_string).collect();
            } else if matches!(node, Node::Word(word) if word == "loops") {
                segment.loops = true;
            } else {
                segment.code.push(node.clone());
            }
        }
        segment
    }

    fn contains(&self, name: &str) -> bool {
        self.code.iter().any(|node| node.contains(name))
    }

    /// Returns what follows the word `calls`, if the segment ends with a call of a function that may
    /// pause.
    fn call(&self) -> Option<&[Node]> {
        self.code.last()?.form("calls")
    }
}

/// A function that may pause.
struct Twins {
    name: String,
    /// The function's number in the table.
    number: usize,
    params: Vec<String>,
    result: String,
    types: BTreeMap<String, String>,
    segments: Vec<Segment>,
    /// Where the function keeps each of its locals, as an offset in its frame.
    slots: BTreeMap<String, usize>,
    /// The size of a frame, in bytes.
    size: usize,
}

/// Which of the two functions is written.
#[derive(Clone, Copy, PartialEq)]
enum Twin {
    Fast,
    Resume,
}

impl Twins {
    fn new(number: usize, form: &[Node]) -> Twins {
        let mut twins = Twins {
            name: form[0].to_string(),
            number,
            params: Vec::new(),
            result: String::new(),
            types: BTreeMap::new(),
            segments: Vec::new(),
            slots: BTreeMap::new(),
            size: HEADER,
        };
        for node in &form[1..] {
            if let Some(segment) = node.form("segment") {
                twins.segments.push(Segment::new(segment));
            } else if let Some([result]) = node.form("result") {
                twins.result = result.to_string();
            } else if let Some([name, kind]) = node.form("param").or(node.form("local")) {
                twins.types.insert(name.to_string(), kind.to_string());
                if node.form("param").is_some() {
                    twins.params.push(name.to_string());
                }
            } else {
                panic!("{}: {node} is no part of a function", twins.name);
            }
        }
        // A goroutine's first frame holds the parameters, in their order.
        twins.segments[0].keeps = twins.params.clone();
        for name in twins.segments.iter().flat_map(|segment| &segment.keeps) {
            if !twins.slots.contains_key(name) {
                twins.slots.insert(name.clone(), twins.size);
                twins.size += if twins.types[name] == "i32" { 4 } else { 8 };
            }
        }
        twins.size = twins.size.next_multiple_of(16);
        twins
    }

    /// Returns the local that gets the result of the call before a segment, if there is a call.
    fn called(&self, segment: usize) -> Option<String> {
        Some(self.segments[segment.checked_sub(1)?].call()?[0].to_string())
    }

    fn is_recursive(&self) -> bool {
        let calls_itself = |call: &[Node]| call[1].to_string() == self.name;
        self.segments.iter().any(|segment| segment.call().is_some_and(calls_itself))
    }

    /// Writes an instruction in a segment.
    fn instruction(&self, twin: Twin, segment: usize, node: &Node) -> String {
        let Node::List(nodes) = node else { return node.to_string() };
        if let Some(value) = node.form("done") {
            let value: String =
                value.iter().map(|node| self.instruction(twin, segment, node)).collect();
            return match twin {
                Twin::Fast => format!("(return {value} (i32.const 0))"),
                Twin::Resume => format!(
                    "({}.store offset={RESULT} align=4 (local.get $frame) {value}) (return (i32.const 0))",
                    self.result
                ),
            };
        }
        if let Some([local, function, arguments @ ..]) = node.form("calls") {
            let (arguments, size, next) = (join(arguments), self.size, segment + 1);
            let depth = match twin {
                Twin::Fast => format!("(i32.add (local.get $depth) (i32.const {size}))"),
                Twin::Resume => format!("(i32.const {size})"),
            };
            return format!(
                "(call {function} {arguments} {depth}) (local.set $status) (local.set {local})\n\
                 (br_if $called.{next} (local.get $status))"
            );
        }
        if let Some([reason]) = node.form("waits") {
            return format!(
                "(local.set $status (global.get {reason})) (br $paused.{})",
                segment + 1
            );
        }
        if let Some([to]) = node.form("poll") {
            assert!(self.called(segment).is_none(), "{}: a segment polls after a call", self.name);
            return format!(
                "(local.set $polls (i32.sub (i32.load offset=4 (local.get $block)) (i32.const 1)))
                 (i32.store offset=4 (local.get $block) (local.get $polls))
                 (if (i32.ne (local.get $polls) (i32.const 0))
                   (then (br_if {to} (i32.atomic.load (local.get $block)))))
                 (local.set $status (call $ask (i32.eqz (local.get $polls))))
                 (br_if {to} (i32.eqz (local.get $status)))
                 (br $paused.{segment})"
            );
        }
        if node.form("again").is_some() {
            return "(br $again)".to_owned();
        }
        let nodes: Vec<_> =
            nodes.iter().map(|node| self.instruction(twin, segment, node)).collect();
        format!("({})", nodes.join(" "))
    }

    fn code(&self, twin: Twin, segment: usize) -> String {
        let code = &self.segments[segment].code;
        let instructions = code.iter().map(|node| self.instruction(twin, segment, node));
        instructions.collect::<Vec<_>>().join("\n") + "\n"
    }

    /// Writes the segments that `(again)` repeats, as a loop. Returns nothing if there are none.
    fn repeated(&self, twin: Twin) -> String {
        let Some(first) = self.segments.iter().position(|segment| segment.loops) else {
            return String::new();
        };
        let code: String = (first..self.segments.len()).map(|it| self.code(twin, it)).collect();
        format!("(loop $again\n{code})\n")
    }

    /// Writes the poll at the function's entry.
    fn entry(&self) -> String {
        if !self.is_recursive() {
            return String::new();
        }
        let (size, multiple) = (self.size, self.size.next_power_of_two() * 16);
        format!(
            "(if (i32.lt_u
                 (i32.and (i32.add (local.get $depth) (i32.const {size})) (i32.const {}))
                 (i32.const {size}))
               (then
                 (local.set $polls
                   (i32.sub (i32.load offset=4 (global.get $processor)) (i32.const 1)))
                 (i32.store offset=4 (global.get $processor) (local.get $polls))
                 (if (i32.or
                     (i32.eqz (local.get $polls))
                     (i32.gt_u (local.get $depth) (i32.atomic.load (global.get $processor))))
                   (then
                     (local.set $status (call $enters (local.get $polls) (local.get $depth)))
                     (br_if $paused.0 (local.get $status))))))\n",
            multiple - 1
        )
    }

    /// Puts the code into blocks from which it branches if the function pauses. What follows each of
    /// these blocks saves the frame.
    fn pauses(&self, twin: Twin, mut code: String) -> String {
        for (segment, Segment { keeps, .. }) in self.segments.iter().enumerate() {
            let waits = segment > 0 && self.segments[segment - 1].contains("waits");
            let is_innermost = self.segments[segment].contains("poll")
                || waits
                || segment == 0 && twin == Twin::Fast && self.is_recursive();
            let label = if self.called(segment).is_some() {
                "called"
            } else if is_innermost {
                "paused"
            } else {
                continue;
            };
            code = format!("(block ${label}.{segment}\n{code}(unreachable))\n");
            if twin == Twin::Fast {
                code += "(local.set $frame \
                         (i32.add (i32.load offset=8 (global.get $processor)) (local.get $depth)))\n";
            }
            let number = self.number;
            code += &format!("(i32.store (local.get $frame) (i32.const {number}))\n");
            code += &format!("(i32.store offset=8 (local.get $frame) (i32.const {segment}))\n");
            for name in keeps {
                let (kind, offset) = (&self.types[name], self.slots[name]);
                code += &format!(
                    "({kind}.store offset={offset} align=4 (local.get $frame) (local.get {name}))\n"
                );
            }
            code += &if is_innermost {
                "(i32.store (i32.load offset=12 (global.get $processor)) (local.get $frame))\n"
                    .to_owned()
            } else {
                let callee = self.size + CALLER;
                format!("(i32.store offset={callee} (local.get $frame) (local.get $frame))\n")
            };
            code += &match twin {
                Twin::Fast => format!("(return ({}.const 0) (local.get $status))\n", self.result),
                Twin::Resume => "(return (local.get $status))\n".to_owned(),
            };
        }
        code
    }

    fn locals(&self, twin: Twin) -> String {
        let is_local = |name: &String| twin == Twin::Resume || !self.params.contains(name);
        let names = self.types.iter().filter(|(name, _)| is_local(name));
        let mut locals: String =
            names.map(|(name, kind)| format!("(local {name} {kind}) ")).collect();
        locals += "(local $status i32) (local $block i32) (local $polls i32)\n";
        if self.segments.iter().any(|segment| segment.contains("poll")) {
            locals += "(local.set $block (global.get $processor))\n";
        }
        locals
    }

    fn fast(&self) -> String {
        let params: String = self
            .params
            .iter()
            .map(|name| format!("(param {name} {}) ", self.types[name]))
            .collect();
        let first = self.segments.iter().position(|segment| segment.loops);
        let straight = first.unwrap_or(self.segments.len());
        let straight: String = (0..straight).map(|it| self.code(Twin::Fast, it)).collect();
        let code = self.entry() + &straight + &self.repeated(Twin::Fast);
        let (name, result, locals) = (&self.name, &self.result, self.locals(Twin::Fast));
        format!(
            "(func {name} {params}(param $depth i32) (result {result} i32) (local $frame i32)
             {locals}{}(unreachable))\n",
            self.pauses(Twin::Fast, code)
        )
    }

    /// Writes code that loads what a segment needs from the frame.
    fn restore(&self, segment: usize) -> String {
        let load = |name: &String| {
            let (kind, offset) = (&self.types[name], self.slots[name]);
            format!("(local.set {name} ({kind}.load offset={offset} align=4 (local.get $frame)))\n")
        };
        let mut code: String = self.segments[segment].keeps.iter().map(load).collect();
        if let Some(local) = self.called(segment) {
            let (kind, offset) = (&self.types[&local], self.size + RESULT);
            code += &format!(
                "(local.set {local} ({kind}.load offset={offset} align=4 (local.get $frame)))\n"
            );
        }
        code
    }

    /// Writes the resume twin. Each segment follows the code that loads what it needs. The loop comes
    /// last and is entered at its head, so nothing inside the loop can be branched to from outside.
    fn resumes(&self) -> String {
        let labels: Vec<_> = (0..self.segments.len()).map(|it| format!("$resumed.{it}")).collect();
        let labels = labels.join(" ");
        let arguments: String =
            self.params.iter().map(|name| format!("(local.get {name}) ")).collect();
        let (name, result) = (&self.name, &self.result);
        // A function that has not begun begins in its fast twin.
        let mut code = format!(
            "(block $resumed.0\n(br_table {labels} (i32.load offset=8 (local.get $frame))))\n{}\
             (call {name} {arguments}(i32.const 0)) (local.set $status) (local.set $result)\n\
             (if (local.get $status) (then (return (local.get $status))))\n\
             ({result}.store offset={RESULT} align=4 (local.get $frame) (local.get $result))\n\
             (return (i32.const 0))\n",
            self.restore(0)
        );
        for (segment, Segment { loops, .. }) in self.segments.iter().enumerate().skip(1) {
            let next =
                if *loops { "(br $again)\n".to_owned() } else { self.code(Twin::Resume, segment) };
            code = format!(
                "(block $begun.{segment}\n(block $resumed.{segment}\n{code}(br $begun.{segment}))\n{})\n{next}",
                self.restore(segment)
            );
        }
        if self.segments.iter().any(|segment| segment.loops) {
            code = format!("(block $again\n{code}(unreachable))\n{}", self.repeated(Twin::Resume));
        }
        let locals = self.locals(Twin::Resume);
        format!(
            "(func {name}.resumes (param $frame i32) (param $goroutine i32) (result i32)
             (local $result {result})\n{locals}{}(unreachable))\n",
            self.pauses(Twin::Resume, code)
        )
    }
}

/// Replaces the functions that may pause by their twins. The table holds the resume twins from entry
/// 1 on, in the order of the functions. The global `$NAME.number` is a function's entry.
pub fn expand(text: &str) -> String {
    let (mut output, mut entries) = (String::new(), String::new());
    let mut number = 1;
    for node in parse(text) {
        let Some(form) = node.form("twins") else {
            output += &format!("{node}\n");
            continue;
        };
        let twins = Twins::new(number, form);
        let name = &twins.name;
        output += &twins.fast();
        output += &twins.resumes();
        output += &format!("(global {name}.number i32 (i32.const {number}))\n");
        entries += &format!(" {name}.resumes");
        number += 1;
    }
    output + &format!("(elem (table $functions) (i32.const 1) func{entries})\n")
}
