//! Elements, numbers, and the configuration.

use imsdk_types::{
    ConvInfo, ConvType, CustomElem, Elem, ElemType, GroupMemberRole, GroupModifyInfoFlag,
    GroupModifyInfoParam, LocationElem, Message, MsgGetMsgListParam, MsgLocator, SetConfig,
    TextElem, json,
};
use serde_json::{Value, json};

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> T {
    json::parse(text.as_bytes()).expect("readable")
}

#[test]
fn the_kind_of_an_element_may_stand_anywhere() {
    let expected =
        Elem::Custom(CustomElem { data: "d".into(), ext: "e".into(), ..CustomElem::default() });
    for text in [
        r#"{"elem_type":3,"custom_elem_data":"d","custom_elem_ext":"e"}"#,
        r#"{"custom_elem_data":"d","elem_type":3,"custom_elem_ext":"e"}"#,
        r#"{"custom_elem_data":"d","custom_elem_ext":"e","elem_type":3}"#,
        r#"{"custom_elem_data":"d","custom_elem_ext":"e","elem_type":3.0,"custom_elem_desc":null}"#,
    ] {
        assert_eq!(parse::<Elem>(text), expected, "{text}");
    }
    assert_eq!(
        json::to_string(&expected),
        r#"{"custom_elem_data":"d","custom_elem_desc":"","custom_elem_ext":"e","custom_elem_sound":"","elem_type":3}"#
    );
}

#[test]
fn without_a_kind_it_is_a_text() {
    for text in [r#"{"text_elem_content":"x"}"#, r#"{"text_elem_content":"x","elem_type":"0"}"#] {
        assert_eq!(parse::<Elem>(text), Elem::text("x"), "{text}");
    }
    assert_eq!(parse::<Elem>("{}"), Elem::Text(TextElem::default()));
}

#[test]
fn unknown_kinds_pass_untouched() {
    for text in [
        r#"{"elem_type":99,"new_elem_data":{"b":[1,2.5,null],"a":18446744073709551615}}"#,
        r#"{"elem_type":-1,"text_elem_content":"x"}"#,
        r#"{"elem_type":4294967295}"#,
    ] {
        let elem: Elem = parse(text);
        assert!(matches!(elem, Elem::Unknown { .. }), "{text}");
        assert_eq!(serde_json::to_value(&elem).unwrap(), parse::<Value>(text));
    }
    let early: Elem = parse(r#"{"a":1,"elem_type":99,"b":2,"elem_type":7}"#);
    assert_eq!(json::to_string(&early), r#"{"elem_type":99,"a":1,"b":2}"#);
}

#[test]
fn keys_of_another_kind_pass_through_an_element() {
    let elem: Elem =
        parse(r#"{"elem_type":0,"text_elem_content":"x","new_key":[1],"face_elem_index":4}"#);
    let Elem::Text(text) = &elem else { panic!("{elem:?}") };
    assert_eq!((text.content.as_str(), text.extra.len()), ("x", 2));
    assert_eq!(
        json::to_string(&elem),
        r#"{"elem_type":0,"text_elem_content":"x","face_elem_index":4,"new_key":[1]}"#
    );
}

#[test]
fn every_kind_has_its_variant() {
    for number in 0..=12 {
        let elem: Elem = parse(&format!(r#"{{"elem_type":{number}}}"#));
        assert!(!matches!(elem, Elem::Unknown { .. }), "{number}");
        assert_eq!(elem.elem_type(), number);
        assert_eq!(parse::<Elem>(&json::to_string(&elem)), elem);
    }
}

#[test]
fn items_that_are_no_elements_are_dropped() {
    let message: Message = parse(r#"{"message_elem_array":[1,null,{"elem_type":0},"x",[]]}"#);
    assert_eq!(message.elem_array, [Elem::text("")]);
}

#[test]
fn numbers_go_to_the_nearest_end() {
    for (text, expected) in [
        ("7", 7),
        ("7.9", 7),
        ("4294967296", u32::MAX),
        ("18446744073709551616", u32::MAX),
        ("1e300", u32::MAX),
        ("-1", u32::MAX),
        ("-2147483648", 1 << 31),
        ("-2147483649", 0),
        ("-1.0", u32::MAX),
        ("-1e300", 0),
    ] {
        let message: Message = parse(&format!(r#"{{"message_custom_int":{text}}}"#));
        assert_eq!(message.custom_int, expected, "{text}");
    }
    for (text, expected) in [
        ("18446744073709551615", u64::MAX),
        ("18446744073709551616", u64::MAX),
        ("9007199254740993", 9_007_199_254_740_993),
        ("-1", u64::MAX),
    ] {
        let locator: MsgLocator = parse(&format!(r#"{{"message_locator_seq":{text}}}"#));
        assert_eq!(locator.seq, expected, "{text}");
    }
    for (text, expected) in [("4294967295", i32::MAX), ("-4294967295", i32::MIN), ("-1.5", -1)] {
        let message: Message = parse(&format!(r#"{{"message_receipt_read_count":{text}}}"#));
        assert_eq!(message.group_receipt_read_count, expected, "{text}");
    }
    let place: LocationElem =
        parse(r#"{"location_elem_longitude":116,"location_elem_latitude":39.9042}"#);
    assert_eq!((place.longitude, place.latitude), (116.0, 39.9042));
    let conv: ConvInfo = parse(r#"{"conv_is_pinned":1,"conv_is_has_draft":0}"#);
    assert!(conv.is_pinned && !conv.is_has_draft);
}

/// A C program has the flag for the owner as an `int` with the sign bit set.
#[test]
fn the_owner_flag_may_be_negative() {
    for text in ["2147483649", "-2147483647"] {
        let param: GroupModifyInfoParam =
            parse(&format!(r#"{{"group_modify_info_param_modify_flag":{text}}}"#));
        assert_eq!(
            param.modify_flag,
            GroupModifyInfoFlag::Owner.bits() | GroupModifyInfoFlag::Name.bits()
        );
    }
}

#[test]
fn the_last_of_two_equal_keys_wins() {
    let message: Message = parse(r#"{"message_sender":"a","message_sender":"b"}"#);
    assert_eq!(message.sender, "b");
    let conv: ConvInfo =
        parse(r#"{"conv_draft":{"draft_edit_time":1},"conv_draft":{"draft_user_define":"x"}}"#);
    assert_eq!(conv.draft.unwrap().edit_time, 0);
}

#[test]
fn defaults() {
    assert_eq!(Message::default().priority, 1);
    assert_eq!(MsgGetMsgListParam::default().count, 20);
    let config = SetConfig::default();
    assert_eq!(
        (config.log_level, config.callback_log_level, config.is_log_output_console),
        (2, 2, true)
    );
    assert_eq!(config.user_config.group_getinfo_option.info_flag, 0xffff_ffff);
}

#[test]
fn a_configuration_merges() {
    let mut config = SetConfig::default();
    config = config
        .merged(
            br#"{"set_config_log_level":4,"set_config_http_proxy_info":{"http_proxy_info_ip":"::1","http_proxy_info_port":80},
                "set_config_user_config":{"user_config_is_ingore_grouptips_unread":true},"new_key":{"a":1}}"#,
        )
        .unwrap();
    config
        .merged(br#"{"set_config_http_proxy_info":{"http_proxy_info_port":81},"set_config_user_define_data":"x",}"#)
        .expect_err("a comma before the end");
    config = config
        .merged(br#"{"set_config_http_proxy_info":{"http_proxy_info_port":+81},"set_config_user_define_data":"x"}"#)
        .unwrap();
    assert_eq!(config.log_level, 4);
    assert_eq!((config.http_proxy_info.ip.as_str(), config.http_proxy_info.port), ("::1", 81));
    assert_eq!(config.user_define_data, "x");
    assert!(config.user_config.is_ignore_grouptips_unread);
    assert_eq!(config.extra["new_key"], json!({"a": 1}));
    for text in ["", "[]", "null", "1", "\"x\""] {
        config.merged(text.as_bytes()).expect_err("no object");
    }
    config = config
        .merged(br#"{"set_config_user_config":{"user_config_is_ingore_grouptips_unread":false}}"#)
        .unwrap();
    assert!(!config.user_config.is_ignore_grouptips_unread);
    let written = serde_json::to_value(&config).unwrap();
    for key in [
        "set_config_proxy_info",
        "set_config_socks5_proxy_info",
        "set_config_pac_proxy_info",
        "new_key",
    ] {
        assert!(written[key].is_object(), "{key}");
    }
}

/// A program reads the configuration, changes one spelling of a key and hands all of it back.
#[test]
fn a_changed_spelling_wins_over_an_unchanged_one() {
    let keys = ["user_config_is_ignore_grouptips_unread", "user_config_is_ingore_grouptips_unread"];
    for key in keys {
        for value in [true, false] {
            let mut config = SetConfig::default();
            config.user_config.is_ignore_grouptips_unread = !value;
            let mut text = serde_json::to_value(&config).unwrap();
            text["set_config_user_config"][key] = json!(value);
            let config = config.merged(text.to_string().as_bytes()).unwrap();
            assert_eq!(config.user_config.is_ignore_grouptips_unread, value, "{key}");
        }
    }
}

#[test]
fn enums_are_numbers() {
    assert_eq!(serde_json::to_string(&ConvType::Group).unwrap(), "2");
    assert_eq!(serde_json::from_str::<ConvType>("1").unwrap(), ConvType::C2c);
    assert!(serde_json::from_str::<ConvType>("4").is_err());
    assert_eq!(ElemType::try_from(u32::MAX), Ok(ElemType::Invalid));
    assert_eq!(ConvType::try_from(99_i32).unwrap_err().to_string(), "99 is not a TIMConvType");
}

#[test]
fn roles_of_both_kinds() {
    assert_eq!(
        [0, 1, 2, 3, 200, 300, 400, 5].map(GroupMemberRole::current),
        [0, 200, 300, 400, 200, 300, 400, 5]
    );
}

#[test]
fn deep_json_does_no_harm() {
    let depth = 100_000;
    let deep = |open: &str, close: &str| format!("{}0{}", open.repeat(depth), close.repeat(depth));
    // One limit for what is kept and what is skipped.
    assert!(json::parse::<ConvInfo>(format!(r#"{{"x":{}}}"#, deep("[", "]")).as_bytes()).is_err());
    assert!(json::parse::<Message>(format!(r#"{{"x":{}}}"#, deep("[", "]")).as_bytes()).is_err());
    let merged =
        deep(r#"{"message_elem_array":[{"elem_type":12,"merge_elem_message_array":["#, "]}]}");
    assert!(json::parse::<Message>(merged.as_bytes()).is_err());
}

#[test]
fn a_configuration_says_or_does_not_say_whether_receipts_are_wanted() {
    let says = imsdk_types::SetConfig::says_read_receipt;
    assert!(says(br#"{"set_config_user_config":{"user_config_is_read_receipt":+0}}"#));
    assert!(says(br#"{"set_config_user_config":{"user_config_is_read_receipt":true}}"#));
    assert!(!says(br#"{"set_config_user_config":{}}"#));
    assert!(!says(br#"{"set_config_user_define_data":"\"user_config_is_read_receipt\""}"#));
    assert!(!says(b""));
}

#[test]
fn a_text_is_written_with_the_escapes_that_it_needs_wherever_they_stand() {
    for odd in (0..=0x80).filter_map(char::from_u32) {
        for (before, after) in (0..20).map(|before| (before, 19 - before)).chain([(0, 0), (3, 0)]) {
            let text = ["x".repeat(before), odd.to_string(), "é".repeat(after)].concat();
            assert_eq!(json::to_vec(&text), serde_json::to_vec(&text).unwrap(), "{text:?}");
        }
    }
}
