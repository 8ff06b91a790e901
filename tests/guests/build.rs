//! Assembles the programs. Each program is the body of a module, after what all programs share. The
//! programs in the folder `pausable` are written with the forms of `twins.rs`. The modules in the folder
//! `bad` are complete.

mod twins;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    let shared = fs::read_to_string("programs/shared.wat")?;
    let workers = fs::read_to_string("pausable/workers.wat")?;
    let mut list = String::from("[\n");
    let mut write = |path: &Path, module: &str| -> Result<(), Box<dyn Error>> {
        let name = path.file_stem().and_then(|name| name.to_str()).ok_or("a name of a program")?;
        let text = Path::new(&out).join(format!("{name}.wat"));
        fs::write(&text, module)?;
        let module =
            wat::parse_str(module).map_err(|error| format!("{}: {error}", text.display()))?;
        let file = Path::new(&out).join(format!("{name}.wasm"));
        fs::write(&file, module)?;
        list += &format!("({name:?}, include_bytes!({file:?})),\n");
        Ok(())
    };
    for path in files("programs")?.iter().filter(|path| !path.ends_with("shared.wat")) {
        let body = fs::read_to_string(path)?;
        write(path, &format!("(module\n{shared}\n{body})"))?;
    }
    for path in files("pausable")?.iter().filter(|path| !path.ends_with("workers.wat")) {
        let body = twins::expand(&format!("{workers}\n{}", fs::read_to_string(path)?));
        write(path, &format!("(module\n{shared}\n{body})"))?;
    }
    for path in files("bad")? {
        write(&path, &fs::read_to_string(&path)?)?;
    }
    fs::write(Path::new(&out).join("programs.rs"), list + "]")?;
    Ok(())
}

/// Returns the files of a folder in the order of their names.
fn files(folder: &str) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={folder}");
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    paths.sort();
    Ok(paths)
}
