use super::*;

#[test]
fn a_bucket_lets_a_burst_through_and_then_the_rate() {
    let limits = Limits { rate: 10, burst: 3, ..Limits::default() };
    let start = Instant::now();
    let mut bucket = Bucket::new(&limits, start);
    for _ in 0..3 {
        assert!(bucket.is_open(start));
        bucket.take(start);
    }
    assert!(!bucket.is_open(start));
    let opens = bucket.opens(start);
    assert_eq!(opens - start, Duration::from_millis(100));
    assert!(bucket.is_open(opens));
    bucket.take(opens);
    assert!(!bucket.is_open(opens));
    let later = opens + Duration::from_secs(60);
    for _ in 0..3 {
        assert!(bucket.is_open(later));
        bucket.take(later);
    }
    assert!(!bucket.is_open(later), "what was not used does not collect without end");
}

#[test]
fn without_a_rate_the_bucket_is_always_open() {
    let limits = Limits { rate: 0, burst: 1, ..Limits::default() };
    let now = Instant::now();
    let mut bucket = Bucket::new(&limits, now);
    for _ in 0..1000 {
        bucket.take(now);
    }
    assert!(bucket.is_open(now));
}

#[test]
fn what_a_database_says_is_not_told_to_clients() {
    for code in [Code::DatabaseOperateFailed, Code::IoOperationFailed] {
        let failure = told(Error::new(code, "relation app_7.account"));
        assert_eq!(failure, Failure::from(Error::from(code)));
    }
    let failure = told(Error::new(Code::InvalidParameters, "which one"));
    assert_eq!(failure.desc, "which one");
}
