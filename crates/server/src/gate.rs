//! How many connections there may be, in all and of one address.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;

/// More than there may be, which are told so. Beyond these nobody is told anything.
const REFUSED: usize = 64;

/// See the module.
pub(crate) struct Gate {
    most: usize,
    most_of_one: usize,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    all: usize,
    refused: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A connection that was let in, or that may be told why not. Dropped, it has gone.
pub(crate) struct Permit {
    gate: Arc<Gate>,
    /// `None` for one that is only refused.
    address: Option<IpAddr>,
}

impl Permit {
    /// Whether there is room for it.
    pub(crate) fn is_let_in(&self) -> bool {
        self.address.is_some()
    }
}

impl Gate {
    /// `most_of_one`: 0 for any number. This machine has no such bound: what comes from it may be a proxy.
    pub(crate) fn new(most: usize, most_of_one: usize) -> Arc<Self> {
        Arc::new(Self { most, most_of_one, inside: Mutex::default() })
    }

    /// A connection has come. `None`: there is not even room to refuse it.
    pub(crate) fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Permit> {
        let address = network(address.to_canonical());
        let mut inside = self.inside.lock();
        let of_one = inside.by_address.get(&address).copied().unwrap_or_default();
        let bounded = self.most_of_one > 0 && !address.is_loopback();
        let room = inside.all < self.most && !(bounded && of_one >= self.most_of_one);
        if room {
            inside.all += 1;
            *inside.by_address.entry(address).or_default() += 1;
        } else if inside.refused < REFUSED {
            inside.refused += 1;
        } else {
            return None;
        }
        Some(Permit { gate: Arc::clone(self), address: room.then_some(address) })
    }

    /// Connections that there are.
    pub(crate) fn inside(&self) -> usize {
        self.inside.lock().all
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut inside = self.gate.inside.lock();
        let Some(address) = self.address else {
            inside.refused -= 1;
            return;
        };
        inside.all -= 1;
        if let Some(of_one) = inside.by_address.get_mut(&address) {
            *of_one -= 1;
            if *of_one == 0 {
                inside.by_address.remove(&address);
            }
        }
    }
}

/// Who has one IPv6 address has 2⁶⁴ of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(address) if !address.is_loopback() => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)))
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_its_share_and_who_leaves_makes_room() {
        let gate = Gate::new(3, 2);
        let one: IpAddr = "2001:db8::1".parse().unwrap();
        let neighbour: IpAddr = "2001:db8::ffff:2".parse().unwrap();
        let other: IpAddr = "2001:db8:0:1::1".parse().unwrap();
        let first = gate.enter(one).unwrap();
        let second = gate.enter(neighbour).unwrap();
        assert!(first.is_let_in() && second.is_let_in());
        assert!(!gate.enter(one).unwrap().is_let_in(), "two of one network");
        let third = gate.enter(other).unwrap();
        assert!(third.is_let_in());
        assert!(!gate.enter(other).unwrap().is_let_in(), "three in all");
        drop(first);
        assert!(gate.enter(other).unwrap().is_let_in());
        assert_eq!(gate.inside(), 2);
    }

    #[test]
    fn this_machine_may_be_a_proxy() {
        let gate = Gate::new(10, 1);
        for address in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            let address: IpAddr = address.parse().unwrap();
            let all = [(); 3].map(|()| gate.enter(address).unwrap());
            assert!(all.iter().all(Permit::is_let_in), "{address}");
        }
        let other: IpAddr = "::2".parse().unwrap();
        let first = gate.enter(other).unwrap();
        assert!(first.is_let_in() && !gate.enter(other).unwrap().is_let_in());
    }

    #[test]
    fn beyond_those_who_are_told_nobody_is() {
        let gate = Gate::new(0, 0);
        let address: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        let told: Vec<_> = (0..REFUSED).map(|_| gate.enter(address).unwrap()).collect();
        assert!(gate.enter(address).is_none());
        drop(told);
        assert!(gate.enter(address).is_some());
    }
}
