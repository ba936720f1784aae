//! The mistakes of a reportable usage store, beyond those of one that is not.

use super::{Table, table};

pub(crate) const REPORTABLE: Table = table! {
    NulInKeyIsAnError:
        a_nul_is_kept_or_refused, a_key_that_cannot_be_held_has_no_usage,
        marking_a_key_that_cannot_be_held_is_not_found;
    NotFoundTellsNoKey:
        marking_a_key_that_cannot_be_held_is_not_found, marking_compares_ids_byte_for_byte,
        marking_the_absent_is_not_found;
    IdsFolded:
        ties_are_ordered_by_the_bytes_of_the_id, ids_are_compared_byte_for_byte,
        marking_compares_ids_byte_for_byte, the_oldest_unreported_come_first,
        random_operations_agree_with_a_model;
    TiesInLocale: ties_are_ordered_by_the_bytes_of_the_id, the_oldest_unreported_come_first;
    LimitZeroIsAll: no_more_unreported_come_than_asked_for, random_operations_agree_with_a_model;
    LimitIgnored: no_more_unreported_come_than_asked_for, random_operations_agree_with_a_model;
    LimitOf31Bits: no_more_unreported_come_than_asked_for;
    UnreportedNewestFirst:
        the_oldest_unreported_come_first, no_more_unreported_come_than_asked_for,
        the_unreported_are_of_every_subscription, random_operations_agree_with_a_model;
    UnreportedTiesAsSaved:
        the_oldest_unreported_come_first, the_unreported_are_of_every_subscription,
        random_operations_agree_with_a_model;
    UnreportedOfOneSubscription:
        the_unreported_are_of_every_subscription, random_operations_agree_with_a_model;
    UnreportedWasNeverMarked: what_is_saved_as_reported_is_reported, random_operations_agree_with_a_model;
    AbsentMarkIsOk:
        marking_a_key_that_cannot_be_held_is_not_found, marking_compares_ids_byte_for_byte,
        marking_the_absent_is_not_found, random_operations_agree_with_a_model;
    AbsentMarkMakesARecord: marking_the_absent_is_not_found, random_operations_agree_with_a_model;
    RepeatedMarkRefused:
        marking_cuts_times_to_microseconds, marking_keeps_or_refuses_a_far_time, a_repeated_mark_overwrites,
        random_operations_agree_with_a_model;
    RepeatedMarkIgnored:
        marking_cuts_times_to_microseconds, marking_keeps_or_refuses_a_far_time, a_repeated_mark_overwrites,
        random_operations_agree_with_a_model;
    MarkKeepsNanoseconds: marking_cuts_times_to_microseconds, marking_keeps_or_refuses_a_far_time;
    MarkLosesMetadata: a_mark_is_kept_and_changes_nothing_else;
    MarkTouchesItsNeighbour: a_mark_is_kept_and_changes_nothing_else, random_operations_agree_with_a_model;
    MarkFolds: marking_compares_ids_byte_for_byte, random_operations_agree_with_a_model;
    MarkClampsFarTime: marking_keeps_or_refuses_a_far_time;
    MarkHalfWritten: an_abandoned_mark_is_whole_or_absent;
    ExtensionAbsent: the_reportable_extension_is_found;
    ExtensionOfAnother: the_reportable_extension_is_found;
};
