//! The mistakes of an atomic subscription store, beyond those of one that is not.

use super::{Table, table};

pub(crate) const ATOMIC: Table = table! {
    CheckThenInsert:
        racing_creates_have_one_winner, racing_creates_of_one_id_have_one_winner,
        racing_creates_of_one_provider_id_have_one_winner, racing_saves_and_creates_leave_one_live_one,
        racing_promotions_leave_one_live_one, racing_saves_of_one_provider_id_have_one_winner;
    HalfWritten:
        an_abandoned_save_is_whole_or_absent, an_abandoned_replacement_leaves_old_or_new,
        an_abandoned_create_is_whole_or_absent;
    NanosecondsKept:
        times_are_cut_to_microseconds, creating_cuts_times_to_microseconds, a_far_time_is_kept_or_refused,
        a_refused_replacement_changes_nothing, creating_keeps_or_refuses_a_far_time,
        replacing_keeps_any_value;
    TextCut:
        a_long_text_is_kept_or_refused, a_refused_replacement_changes_nothing,
        creating_keeps_or_refuses_a_long_text;
    TextEndsAtNul:
        a_nul_is_kept_or_refused, a_refused_replacement_changes_nothing, creating_keeps_or_refuses_a_nul;
    FarTimeClamped:
        a_far_time_is_kept_or_refused, a_refused_replacement_changes_nothing,
        creating_keeps_or_refuses_a_far_time;
    TextTrimmed:
        any_text_is_kept, metadata_of_any_shape_is_kept, creating_keeps_any_text, replacing_keeps_any_value;
    TrialingIsNotLive:
        only_a_live_one_is_the_active_one, the_active_one_follows_every_change,
        a_second_live_create_is_refused, racing_creates_have_one_winner, saving_a_second_live_one_is_refused,
        making_a_second_one_live_is_refused, saving_the_live_one_again_is_accepted,
        racing_saves_and_creates_leave_one_live_one, racing_promotions_leave_one_live_one,
        random_operations_agree_with_a_model;
    PastDueIsLive:
        a_value_that_cannot_be_read_is_corrupt, an_abandoned_delete_leaves_the_record_or_nothing,
        saving_touches_no_other_record, racing_saves_of_one_id_leave_one_of_them_whole,
        only_a_live_one_is_the_active_one, a_create_is_accepted_beside_what_is_not_live;
    CreateUnguarded:
        creating_compares_subscribers_byte_for_byte, an_abandoned_create_is_whole_or_absent,
        a_second_live_create_is_refused, a_create_that_is_not_live_is_refused_beside_a_live_one,
        a_create_tells_the_first_reason_of_its_refusal, racing_creates_have_one_winner,
        racing_saves_and_creates_leave_one_live_one, random_operations_agree_with_a_model;
    CreateGuardsTheLiveOnly:
        a_create_that_is_not_live_is_refused_beside_a_live_one,
        a_create_tells_the_first_reason_of_its_refusal, random_operations_agree_with_a_model;
    CreateGuardsTrialingApart:
        a_second_live_create_is_refused, a_create_that_is_not_live_is_refused_beside_a_live_one,
        a_create_tells_the_first_reason_of_its_refusal, racing_creates_have_one_winner,
        racing_saves_and_creates_leave_one_live_one, random_operations_agree_with_a_model;
    CreateRefusedByTheEnded:
        creating_cuts_times_to_microseconds, creating_keeps_or_refuses_a_nul,
        creating_keeps_or_refuses_a_long_text, creating_keeps_or_refuses_a_far_time,
        a_create_is_accepted_beside_what_is_not_live, a_create_is_accepted_once_the_live_one_has_ended,
        random_operations_agree_with_a_model;
    CreateRefusedByEverybody:
        creating_keeps_every_field, creating_compares_subscribers_byte_for_byte,
        an_abandoned_create_is_whole_or_absent, a_second_live_create_is_refused,
        a_create_is_accepted_once_the_live_one_has_ended, a_create_is_accepted_beside_other_subscribers,
        racing_creates_have_one_winner, racing_creates_of_one_id_have_one_winner,
        racing_creates_of_one_provider_id_have_one_winner, racing_creates_of_different_subscribers_all_win,
        random_operations_agree_with_a_model;
    CreateFoldsSubscribers: creating_compares_subscribers_byte_for_byte, random_operations_agree_with_a_model;
    CreateReplaces:
        a_create_never_replaces, a_create_tells_the_first_reason_of_its_refusal,
        racing_creates_of_one_id_have_one_winner, random_operations_agree_with_a_model;
    CreateSwallows:
        creating_compares_subscribers_byte_for_byte, an_abandoned_create_is_whole_or_absent,
        a_second_live_create_is_refused, a_create_that_is_not_live_is_refused_beside_a_live_one,
        a_create_never_replaces, a_create_tells_the_first_reason_of_its_refusal,
        racing_creates_have_one_winner, racing_creates_of_one_id_have_one_winner,
        racing_creates_of_one_provider_id_have_one_winner, racing_saves_and_creates_leave_one_live_one,
        random_operations_agree_with_a_model;
    CreateLosesMetadata:
        creating_keeps_every_field, creating_keeps_any_text, creating_keeps_or_refuses_a_nul,
        creating_keeps_or_refuses_a_long_text, an_abandoned_create_is_whole_or_absent;
    CreateEndsTheOther:
        creating_compares_subscribers_byte_for_byte, a_second_live_create_is_refused,
        a_create_that_is_not_live_is_refused_beside_a_live_one,
        a_create_tells_the_first_reason_of_its_refusal, racing_creates_have_one_winner,
        racing_saves_and_creates_leave_one_live_one, random_operations_agree_with_a_model;
    CreateTellsLiveFirst:
        a_create_tells_the_first_reason_of_its_refusal, random_operations_agree_with_a_model;
    CreateTellsIdAlways:
        creating_compares_subscribers_byte_for_byte, an_abandoned_create_is_whole_or_absent,
        a_second_live_create_is_refused, a_create_that_is_not_live_is_refused_beside_a_live_one,
        a_create_tells_the_first_reason_of_its_refusal, racing_creates_have_one_winner,
        racing_creates_of_one_provider_id_have_one_winner, racing_saves_and_creates_leave_one_live_one,
        random_operations_agree_with_a_model;
    CreateHalfWritten: an_abandoned_create_is_whole_or_absent;
    CreateFailsInARace:
        racing_creates_have_one_winner, racing_creates_of_one_id_have_one_winner,
        racing_creates_of_one_provider_id_have_one_winner, racing_creates_of_different_subscribers_all_win,
        racing_saves_and_creates_leave_one_live_one;
    CreateChecksThenInserts: racing_creates_have_one_winner, racing_saves_and_creates_leave_one_live_one;
    CreateRefusedAfterDelete:
        a_create_is_accepted_once_the_live_one_has_ended, random_operations_agree_with_a_model;
    SaveUnguarded:
        saving_a_second_live_one_is_refused, making_a_second_one_live_is_refused,
        moving_a_live_one_to_a_taken_subscriber_is_refused, racing_saves_and_creates_leave_one_live_one,
        racing_promotions_leave_one_live_one, random_operations_agree_with_a_model;
    SaveGuardsNewRecordsOnly:
        making_a_second_one_live_is_refused, moving_a_live_one_to_a_taken_subscriber_is_refused,
        racing_promotions_leave_one_live_one, random_operations_agree_with_a_model;
    SaveGuardsStatusOnly:
        moving_a_live_one_to_a_taken_subscriber_is_refused, random_operations_agree_with_a_model;
    SaveRefusesItsOwn:
        looking_up_the_absent_is_not_found, looking_up_subscribers_compares_byte_for_byte,
        the_active_one_follows_every_change, a_create_is_accepted_once_the_live_one_has_ended,
        saving_the_live_one_again_is_accepted, random_operations_agree_with_a_model;
    SaveTellsLiveFirst: a_save_tells_the_first_reason_of_its_refusal, random_operations_agree_with_a_model;
    SaveChecksThenInserts: racing_saves_and_creates_leave_one_live_one, racing_promotions_leave_one_live_one;
    ExtensionAbsent: the_atomic_extension_is_found;
    ExtensionOfAnother: the_atomic_extension_is_found;
};
