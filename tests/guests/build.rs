//! Assembles the programs. Each program is the body of a module, after what all programs share.

use std::error::Error;
use std::fs;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=programs");
    let shared = fs::read_to_string("programs/shared.wat")?;
    let mut list = String::from("[\n");
    let mut paths: Vec<_> = fs::read_dir("programs")?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    paths.sort();
    for path in paths.iter().filter(|path| !path.ends_with("shared.wat")) {
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a name of a program")?;
        let body = fs::read_to_string(path)?;
        let module = wat::parse_str(format!("(module\n{shared}\n{body})"))
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let file = Path::new(&out).join(format!("{name}.wasm"));
        fs::write(&file, module)?;
        list += &format!("({name:?}, include_bytes!({file:?})),\n");
    }
    fs::write(Path::new(&out).join("programs.rs"), list + "]")?;
    Ok(())
}
