use proptest::prelude::*;
use serde_json::json;

use super::*;

// The vector of the specification.
const KEY: &str = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const APP: u64 = 1_400_000_000;
const USER: &str = "xiaojun";
const TIME: u64 = 1_600_000_000;
const EXPIRE: u64 = 15_552_000;
const SIG: &str = "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwhWZiflZpXlQqeKU7MSCgswUJStDEwMogMikVhRkFqUCxU1NTY3goiWZuSAxM1S1xZnpQJMNo0wD8tJdstwTS9NSgzMD8p1KK1I8Is1dvY29QlIcs3wDLI2DTbzLwox9bZVqAaoDMbs_";

/// Packs any JSON text as a ticket.
fn pack(json: &str) -> String {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(json.as_bytes()).unwrap();
    alphabet(&packed.finish().unwrap())
}

fn alphabet(bytes: &[u8]) -> String {
    STANDARD.encode(bytes).replace('+', "*").replace('/', "-").replace('=', "_")
}

/// The ticket of the vector with some fields set (or, with null, removed) and no new signature.
fn altered(changes: Value) -> String {
    let mut fields = unpack(SIG).unwrap();
    for (key, value) in changes.as_object().unwrap() {
        if value.is_null() {
            fields.remove(key);
        } else {
            fields.insert(key.clone(), value.clone());
        }
    }
    pack(&Value::Object(fields).to_string())
}

fn with_trailing_bytes() -> String {
    let standard = SIG.replace('*', "+").replace('-', "/").replace('_', "=");
    let mut packed = STANDARD.decode(standard).unwrap();
    packed.push(0);
    alphabet(&packed)
}

fn check(sig: &str) -> Result<Verified, i32> {
    verify(KEY, APP, USER, sig, TIME + 1).map_err(|e| e.code)
}

const GOOD: Result<Verified, i32> = Ok(Verified { expires_at: TIME + EXPIRE, userbuf: None });

#[test]
fn the_published_ticket_verifies() {
    assert_eq!(check(SIG), GOOD);
}

#[test]
fn our_ticket_carries_the_published_signature() {
    let fields = unpack(&sign(KEY, APP, USER, TIME, EXPIRE, None)).unwrap();
    assert_eq!(
        Value::Object(fields),
        json!({
            "TLS.ver": "2.0", "TLS.identifier": USER, "TLS.sdkappid": APP, "TLS.expire": EXPIRE, "TLS.time": TIME,
            "TLS.sig": "1Z5PngDjGaufeSiPoBuxdHY7EK3JTdAjMP93S4KvV3M=",
        })
    );
}

#[test]
fn a_user_buffer_is_signed_and_comes_back() {
    let hex = "0000077869616f6a756e53724e0000002710604b5e00000000ff00000000";
    let buffer: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap())
        .collect();
    let sig = sign(KEY, APP, USER, TIME, EXPIRE, Some(&buffer));
    assert_eq!(unpack(&sig).unwrap()["TLS.sig"], "QQY8WpPtnz7YZSG2peQjkXFqylqgPMeZmrrJaErpMxE=");
    assert_eq!(check(&sig).unwrap().userbuf, Some(buffer));
}

#[test]
fn each_problem_has_its_code() {
    let cases: &[(&str, String, i32)] = &[
        ("empty", String::new(), 70002),
        ("not base64", "some token".into(), 70003),
        ("plain base64", SIG.replace('_', "="), 70003),
        ("no padding", SIG.trim_end_matches('_').into(), 70003),
        ("cut", SIG[..100].into(), 70003),
        ("trailing text", format!("{SIG}AAAA"), 70003),
        ("trailing bytes", with_trailing_bytes(), 70003),
        ("too long", "A".repeat(MAX_TEXT + 4), 70003),
        ("not zlib", alphabet(b"{}"), 70003),
        ("not JSON", pack("hello"), 70003),
        ("not an object", pack("[1]"), 70003),
        ("nothing packed", pack(""), 70003),
        ("empty object", pack("{}"), 70005),
        ("no version", altered(json!({"TLS.ver": null})), 70005),
        ("other version", altered(json!({"TLS.ver": "1.0"})), 70005),
        ("no user", altered(json!({"TLS.identifier": null})), 70005),
        ("user a number", altered(json!({"TLS.identifier": 5})), 70005),
        ("no app", altered(json!({"TLS.sdkappid": null})), 70005),
        ("no time", altered(json!({"TLS.time": null})), 70005),
        ("negative time", altered(json!({"TLS.time": -1})), 70005),
        ("no expire", altered(json!({"TLS.expire": null})), 70005),
        ("expire not whole", altered(json!({"TLS.expire": 1.5})), 70005),
        ("no signature", altered(json!({"TLS.sig": null})), 70005),
        ("user buffer a number", altered(json!({"TLS.userbuf": 5})), 70005),
        ("other app", altered(json!({"TLS.sdkappid": 5})), 70014),
        ("other user", altered(json!({"TLS.identifier": "bob"})), 70013),
        ("app before user", altered(json!({"TLS.identifier": "bob", "TLS.sdkappid": 5})), 70014),
        ("longer life", altered(json!({"TLS.expire": EXPIRE + 1})), 70009),
        ("later start", altered(json!({"TLS.time": TIME + 1})), 70009),
        ("added user buffer", altered(json!({"TLS.userbuf": "AAAA"})), 70009),
        ("signature not base64", altered(json!({"TLS.sig": "?"})), 70009),
        ("short signature", altered(json!({"TLS.sig": "1Z5P"})), 70009),
        ("empty signature", altered(json!({"TLS.sig": ""})), 70009),
    ];
    for (name, sig, code) in cases {
        assert_eq!(check(sig), Err(*code), "{name}");
    }
    let code = |key: &str, now| verify(key, APP, USER, SIG, now).map_err(|e| e.code);
    assert_eq!(code("another key", TIME), Err(70009));
    assert_eq!(code("", TIME), Err(70016));
    assert_eq!(code(KEY, TIME + EXPIRE), GOOD);
    assert_eq!(code(KEY, TIME + EXPIRE + 1), Err(70001));
    assert_eq!(code("another key", u64::MAX), Err(70009));
    assert_eq!(code(KEY, 0), GOOD, "dated in the future");
}

#[test]
fn numbers_may_come_as_strings_and_keys_in_any_order() {
    let changes =
        json!({"TLS.sdkappid": "1400000000", "TLS.time": "1600000000", "TLS.expire": "15552000"});
    assert_eq!(check(&altered(changes)), GOOD);
    let fields = unpack(SIG).unwrap();
    let mut text: Vec<String> = fields.iter().map(|(k, v)| format!(" \"{k}\" : {v}")).collect();
    text.reverse();
    assert_eq!(check(&pack(&format!("{{\n{} , \"more\" : [] }}", text.join(",")))), GOOD);
}

#[test]
fn a_small_ticket_cannot_unpack_to_much() {
    let mut fields = unpack(SIG).unwrap();
    fields.insert("x".into(), "a".repeat(1 << 20).into());
    let bomb = pack(&Value::Object(fields).to_string());
    assert!(bomb.len() < MAX_TEXT, "{}", bomb.len());
    assert_eq!(check(&bomb), Err(70003));
}

#[test]
fn an_end_past_all_numbers_never_comes() {
    let sig = sign(KEY, APP, USER, u64::MAX - 1, u64::MAX, None);
    let ticket = verify(KEY, APP, USER, &sig, u64::MAX).unwrap();
    assert_eq!(ticket.expires_at, u64::MAX);
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".*", bytes in any::<Vec<u8>>(), json in ".*") {
        prop_assert!(check(&text).is_err());
        prop_assert!(check(&alphabet(&bytes)).is_err());
        prop_assert!(check(&pack(&json)).is_err());
    }

    #[test]
    fn what_is_signed_verifies(
        key in ".+",
        app in any::<u64>(),
        user in ".*",
        time in any::<u64>(),
        expire in any::<u64>(),
        userbuf in any::<Option<Vec<u8>>>(),
        now in any::<u64>(),
    ) {
        let sig = sign(&key, app, &user, time, expire, userbuf.as_deref());
        let end = time.saturating_add(expire);
        let result = verify(&key, app, &user, &sig, now);
        if end < now {
            prop_assert_eq!(result.unwrap_err().code, 70001);
        } else {
            prop_assert_eq!(result.unwrap(), Verified { expires_at: end, userbuf });
        }
    }

    /// Compressed data may have a few bits that mean nothing, so a changed text could still say the same; it never says
    /// anything else.
    #[test]
    fn a_changed_character_fails_or_changes_nothing(
        user in "[a-z]{1,32}",
        time in 1_000_000_000_u64..2_000_000_000,
        at in any::<prop::sample::Index>(),
        to in "[A-Za-z0-9*_-]",
    ) {
        let sig = sign(KEY, APP, &user, time, EXPIRE, None);
        let good = verify(KEY, APP, &user, &sig, time).unwrap();
        let mut text = sig.clone();
        let at = at.index(sig.len());
        text.replace_range(at..=at, &to);
        let result = verify(KEY, APP, &user, &text, time);
        prop_assert!(result.is_err() || result == Ok(good));
    }
}

#[test]
fn no_changed_character_of_the_published_ticket_passes() {
    for at in 0..SIG.len() {
        for to in (0..=0x7f_u8).map(char::from).filter(|&c| !SIG[at..].starts_with(c)) {
            let mut text = SIG.to_owned();
            text.replace_range(at..=at, to.encode_utf8(&mut [0; 4]));
            assert!(check(&text).is_err(), "{text}");
        }
    }
}
