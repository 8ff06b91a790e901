//! Prints the module of each program, as hexadecimal digits in a JSON object.

fn main() {
    let entry = |(name, module): &(&str, &[u8])| {
        let digits: String = module.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("\"{name}\":\"{digits}\"")
    };
    let entries: Vec<_> = guests::PROGRAMS.iter().map(entry).collect();
    println!("{{{}}}", entries.join(","));
}
