//! What must hold about the messages between the two, and about what each keeps on its device.

use std::collections::{HashMap, HashSet};

use super::named;

/// A deed with messages, and their texts.
type Deed = (String, Vec<String>);

/// What one of them tried with the messages, and what came of it.
#[derive(Default)]
struct Deeds {
    tried: Vec<Deed>,
    done: Vec<Deed>,
    refused: Vec<Deed>,
    /// It may have the other one on its black list now, or had at some time since both last told all.
    blocks: bool,
    blocked: bool,
    /// The draft that it had when both last told all, and those it has left since.
    had_draft: Option<String>,
    drafts: Vec<String>,
    /// Texts that may not have come to the other one, who may have blocked it then. The sender is not told so.
    hidden: HashSet<String>,
    /// So many deeds were tried when both last told all.
    seen: usize,
}

fn texts_of<'a>(deeds: &'a [Deed], kinds: &[&str]) -> HashSet<&'a str> {
    let fitting = deeds.iter().filter(|(kind, _)| kinds.contains(&kind.as_str()));
    fitting.flat_map(|(_, texts)| texts.iter().map(String::as_str)).collect()
}

/// What both have told of it.
#[derive(Default)]
pub struct Talk {
    deeds: [Deeds; 2],
    /// The texts of messages that may be withdrawn, by their ids: one that is may have no text any more.
    texts: HashMap<String, String>,
}

impl Talk {
    /// Takes note of a line of one of them.
    pub fn note(&mut self, me: usize, line: &str) {
        let deeds = &mut self.deeds[me];
        let words: Vec<&str> = line.split(' ').collect();
        let words = match words[..] {
            ["tries", "revoke", text, id] => {
                self.texts.insert(id.to_owned(), text.to_owned());
                vec!["tries", "revoke", text]
            }
            _ => words,
        };
        let (list, kind, texts) = match words[..] {
            ["tries", "draft", text] => return deeds.drafts.push(text.to_owned()),
            ["tries", "block"] => return (deeds.blocks, deeds.blocked) = (true, true),
            ["done", "0", "unblock"] => return deeds.blocks = false,
            ["tries", kind, texts] => (&mut deeds.tried, kind, texts),
            [
                "done",
                code,
                kind @ ("batch" | "revoke" | "erase" | "forget" | "save" | "import"),
                texts,
            ] => match code {
                "0" => (&mut deeds.done, kind, texts),
                _ => (&mut deeds.refused, kind, texts),
            },
            _ => return,
        };
        list.push((kind.to_owned(), texts.split(',').map(str::to_owned).collect()));
    }

    /// Both have told all they know.
    pub fn is_whole(&mut self, known: &[Vec<String>; 2], when: &str) {
        for deeds in &mut self.deeds {
            let all = [&mut deeds.tried, &mut deeds.done, &mut deeds.refused];
            for name in all.into_iter().flatten().flat_map(|(_, texts)| texts) {
                if let Some(text) = self.texts.get(name) {
                    name.clone_from(text);
                }
            }
        }
        for me in 0..2 {
            let is_blocked =
                std::mem::replace(&mut self.deeds[1 - me].blocked, self.deeds[1 - me].blocks);
            let own = &mut self.deeds[me];
            let new = &own.tried[own.seen..];
            if is_blocked {
                own.hidden.extend(texts_of(new, &["batch"]).into_iter().map(str::to_owned));
            }
            own.seen = own.tried.len();
        }
        let told = [0, 1].map(|me| self.told(&known[me], when));
        for me in 0..2 {
            self.sent_is_whole(me, &told, when);
            self.device_is_whole(me, &told[me], &known[me], when);
        }
        for (deeds, known) in self.deeds.iter_mut().zip(known) {
            let [draft] = named(known, "local draft ")[..] else { panic!("{when}") };
            let had = deeds.had_draft.take().unwrap_or_else(|| "none".to_owned());
            let may_be: Vec<String> = deeds.drafts.drain(..).chain([had]).collect();
            assert!(may_be.iter().any(|it| it == draft), "{draft} of {may_be:?}, {when}");
            deeds.had_draft = Some(draft.to_owned());
        }
    }

    /// The messages between the two, by their texts, and whether they are withdrawn.
    fn told<'a>(&'a self, known: &'a [String], when: &str) -> HashMap<&'a str, bool> {
        let mut found = HashMap::new();
        for line in named(known, "talk ") {
            let (state, text) = line.split_once(' ').expect("a state and a text");
            let text = self.texts.get(text).map_or(text, String::as_str);
            let doubled = found.insert(text, state == "revoked");
            assert_eq!(doubled, None, "{text} is there twice, {when}");
        }
        found
    }

    /// What one has sent, on both sides.
    fn sent_is_whole(&self, me: usize, told: &[HashMap<&str, bool>; 2], when: &str) {
        let own = &self.deeds[me];
        let sent = texts_of(&own.tried, &["batch"]);
        let revoked = texts_of(&own.tried, &["revoke"]);
        for side in 0..2 {
            let gone = texts_of(&self.deeds[side].tried, &["erase", "forget"]);
            for text in texts_of(&own.done, &["batch"]).difference(&gone) {
                let hidden = side != me && own.hidden.contains(*text);
                assert!(
                    hidden || told[side].contains_key(text),
                    "{text} is lost at {side}, {when}"
                );
            }
            for text in texts_of(&own.refused, &["batch"]) {
                assert!(!told[side].contains_key(text), "{text} was refused, {when}");
            }
            for text in texts_of(&own.done, &["revoke"]) {
                assert_ne!(told[side].get(text), Some(&false), "{text} was withdrawn, {when}");
            }
            for (text, is_revoked) in told[side].iter().filter(|(text, _)| sent.contains(*text)) {
                assert!(!is_revoked || revoked.contains(text), "nobody withdrew {text}, {when}");
                let other = told[1 - side].get(text);
                assert!(other.is_none_or(|it| it == is_revoked), "{text} on one side, {when}");
            }
        }
    }

    /// What one has on its device.
    fn device_is_whole(&self, me: usize, here: &HashMap<&str, bool>, known: &[String], when: &str) {
        let own = &self.deeds[me];
        let written = [0, 1].map(|side| texts_of(&self.deeds[side].tried, &["batch"]));
        let was_sent = |text: &str| written.iter().any(|texts| texts.contains(text));
        assert!(here.keys().all(|text| was_sent(text)), "{when}: {here:?}");

        let saved = named(known, "local saved ");
        let kept: HashSet<&str> = saved.iter().copied().collect();
        assert_eq!(saved.len(), kept.len(), "saved twice, {when}: {saved:?}");
        assert!(kept.is_subset(&texts_of(&own.tried, &["save", "import"])), "{when}: {kept:?}");
        let gone = texts_of(&own.tried, &["erase", "forget"]);
        for text in texts_of(&own.done, &["save", "import"]).difference(&gone) {
            assert!(kept.contains(text), "{text} was saved, {when}");
        }
        for text in texts_of(&own.refused, &["save", "import"]) {
            assert!(!kept.contains(text), "{text} was not saved, {when}");
        }
        let is_here = |text: &str| here.contains_key(text) || kept.contains(text);
        for text in texts_of(&own.done, &["erase", "forget"]) {
            assert!(!is_here(text), "{text} was deleted, {when}");
        }
        let removed = texts_of(&own.tried, &["forget"]);
        if let Some((_, texts)) = own.tried.iter().rfind(|(kind, _)| kind == "erase") {
            let texts: Vec<_> = texts.iter().filter(|it| !removed.contains(it.as_str())).collect();
            let left = texts.iter().filter(|text| is_here(text)).count();
            assert!([0, texts.len()].contains(&left), "half of {texts:?} deleted, {when}");
        }
    }

    /// What one of them knows that another of its devices knows too, in one order: not what is on one device alone, nor what may have
    /// been deleted in the service and is still there.
    pub fn shared<'a>(&self, me: usize, known: &'a [String]) -> Vec<&'a str> {
        let own = &self.deeds[me];
        let done = texts_of(&own.done, &["erase"]);
        let mut here_only = texts_of(&own.tried, &["erase", "forget"]);
        here_only.retain(|text| !done.contains(text));
        let mut lines: Vec<&str> = known.iter().map(String::as_str).collect();
        lines.retain(|line| {
            let text = line.rsplit(' ').next().unwrap_or_default();
            let text = self.texts.get(text).map_or(text, String::as_str);
            !line.starts_with("local ") && !here_only.contains(text)
        });
        lines.sort_unstable();
        lines
    }

    /// How much was done.
    pub fn done(&self) -> usize {
        self.deeds.iter().map(|deeds| deeds.done.len()).sum()
    }
}
