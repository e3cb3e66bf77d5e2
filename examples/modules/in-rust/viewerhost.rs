//! What a module plugin of ViewerHost in Rust uses of its host: version 1 of the interface in docs/module-abi.md.
//! It allocates nothing: values are read into the caller's buffers.
#![allow(dead_code)]

/// What becomes of an event.
#[repr(i32)]
pub enum Decision {
    Pass = 0,
    Drop = 1,
}

/// What is still useful of a value, without the person.
#[repr(i32)]
#[derive(Clone, Copy)]
pub enum Mask {
    Ip,
    Email,
    Phone,
    Card,
    Name,
    Text,
}

/// Why there is no value to give.
pub enum Lack {
    Absent,
    NoText,
    /// The buffer is too small; the value has so many bytes.
    NoRoom(usize),
}

mod host {
    #[link(wasm_import_module = "viewerhost")]
    extern "C" {
        pub fn get(path: *const u8, length: usize, out: *mut u8, capacity: usize) -> i32;
        pub fn get_text(path: *const u8, length: usize, out: *mut u8, capacity: usize) -> i32;
        pub fn set(path: *const u8, length: usize, json: *const u8, json_length: usize);
        pub fn set_text(path: *const u8, length: usize, text: *const u8, text_length: usize);
        pub fn remove(path: *const u8, length: usize);
        pub fn count(path: *const u8, length: usize) -> i32;
        pub fn key(path: *const u8, length: usize, index: usize, out: *mut u8, capacity: usize) -> i32;
        pub fn mask(kind: i32, text: *const u8, length: usize, out: *mut u8, capacity: usize) -> i32;
        pub fn hash(text: *const u8, length: usize, out: *mut u8, capacity: usize) -> i32;
        pub fn log(text: *const u8, length: usize);
        pub fn fail(text: *const u8, length: usize);
    }
}

fn received(out: &[u8], length: i32) -> Result<&[u8], Lack> {
    match length {
        -1 => Err(Lack::Absent),
        -2 => Err(Lack::NoText),
        _ => out.get(..length as usize).ok_or(Lack::NoRoom(length as usize)),
    }
}

/// The JSON text of what lies at `path`. A path has the names of members with dots between them; the empty path is the
/// whole event.
pub fn get<'a>(path: &str, out: &'a mut [u8]) -> Result<&'a [u8], Lack> {
    let length = unsafe { host::get(path.as_ptr(), path.len(), out.as_mut_ptr(), out.len()) };
    received(out, length)
}

/// The text of the string at `path`, in UTF-8.
pub fn get_text<'a>(path: &str, out: &'a mut [u8]) -> Result<&'a [u8], Lack> {
    let length = unsafe { host::get_text(path.as_ptr(), path.len(), out.as_mut_ptr(), out.len()) };
    received(out, length)
}

/// Puts a JSON text at `path`.
pub fn set(path: &str, json: &str) {
    unsafe { host::set(path.as_ptr(), path.len(), json.as_ptr(), json.len()) }
}

/// Puts a string at `path`.
pub fn set_text(path: &str, text: &[u8]) {
    unsafe { host::set_text(path.as_ptr(), path.len(), text.as_ptr(), text.len()) }
}

/// Takes out what lies at `path`, if anything does.
pub fn remove(path: &str) {
    unsafe { host::remove(path.as_ptr(), path.len()) }
}

/// How many members the object at `path` has, or elements the array.
pub fn count(path: &str) -> Option<usize> {
    let count = unsafe { host::count(path.as_ptr(), path.len()) };
    if count < 0 { None } else { Some(count as usize) }
}

/// The name of member `index`, from 0, of the object at `path`.
pub fn key<'a>(path: &str, index: usize, out: &'a mut [u8]) -> Result<&'a [u8], Lack> {
    let length = unsafe { host::key(path.as_ptr(), path.len(), index, out.as_mut_ptr(), out.len()) };
    received(out, length)
}

/// Masks a text.
pub fn mask<'a>(kind: Mask, text: &[u8], out: &'a mut [u8]) -> Result<&'a [u8], Lack> {
    let length = unsafe { host::mask(kind as i32, text.as_ptr(), text.len(), out.as_mut_ptr(), out.len()) };
    received(out, length)
}

/// Masks the string at `path`, where there is one; fails for one of more than 4096 bytes.
pub fn mask_field(path: &str, kind: Mask) {
    let (mut text, mut masked) = ([0; 4096], [0; 8192]);
    match get_text(path, &mut text).and_then(|text| mask(kind, text, &mut masked)) {
        Ok(masked) => set_text(path, masked),
        Err(Lack::NoRoom(_)) => fail("the text is too long to be masked"),
        Err(_) => {}
    }
}

/// 32 hexadecimal digits that stand for the value, under the host's key.
pub fn hash(value: &[u8]) -> [u8; 32] {
    let mut digits = [0; 32];
    unsafe { host::hash(value.as_ptr(), value.len(), digits.as_mut_ptr(), digits.len()) };
    digits
}

/// A line on the host's standard error.
pub fn log(text: &str) {
    unsafe { host::log(text.as_ptr(), text.len()) }
}

/// Ends the call: the event goes to quarantine with the message.
pub fn fail(message: &str) -> ! {
    unsafe { host::fail(message.as_ptr(), message.len()) }
    core::arch::wasm32::unreachable()
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    fail("it panicked")
}

/// Declares the plugin's manifest, a JSON text, and what the host calls; `redact` is the function beside it.
macro_rules! manifest {
    ($text:expr) => {
        #[no_mangle]
        pub extern "C" fn viewerhost_abi_version() -> i32 {
            1
        }

        #[no_mangle]
        pub extern "C" fn viewerhost_manifest() -> u64 {
            let text: &'static str = $text;
            (text.len() as u64) << 32 | text.as_ptr() as u64
        }

        #[no_mangle]
        pub extern "C" fn viewerhost_redact() -> i32 {
            redact() as i32
        }
    };
}
pub(crate) use manifest;
