//! The mistakes of a plan store.

use super::{Table, table};

pub(crate) const PLAN: Table = table! {
    LostMetadata:
        every_field_is_kept, empty_texts_are_kept, any_text_is_kept, metadata_of_any_shape_is_kept,
        a_nul_is_kept_or_refused, a_long_text_is_kept_or_refused, a_refused_replacement_changes_nothing,
        an_abandoned_save_is_whole_or_absent, an_abandoned_replacement_leaves_old_or_new,
        an_abandoned_delete_leaves_the_record_or_nothing, replacing_keeps_every_field,
        replacing_keeps_any_value, saving_touches_no_other_record,
        racing_saves_of_one_id_leave_one_of_them_whole;
    MetadataKeysLowered: any_text_is_kept, metadata_of_any_shape_is_kept, replacing_keeps_any_value;
    UpdatedAtIsNow:
        every_field_is_kept, empty_texts_are_kept, any_text_is_kept, metadata_of_any_shape_is_kept,
        times_are_cut_to_microseconds, numbers_are_kept_to_their_ends, intervals_are_kept_whatever_the_word,
        features_keep_their_order, a_nul_is_kept_or_refused, a_long_text_is_kept_or_refused,
        a_far_time_is_kept_or_refused, a_refused_replacement_changes_nothing, the_deleted_is_gone,
        lists_are_ordered_by_time, ties_are_ordered_by_the_bytes_of_the_id,
        active_only_lists_what_can_be_bought, ids_are_compared_byte_for_byte,
        an_abandoned_save_is_whole_or_absent, an_abandoned_replacement_leaves_old_or_new,
        an_abandoned_delete_leaves_the_record_or_nothing, replacing_keeps_every_field,
        replacing_keeps_any_value, saving_again_makes_no_second_record, saving_touches_no_other_record,
        racing_saves_of_one_id_leave_one_of_them_whole, a_taken_provider_id_is_refused,
        replacing_can_not_take_a_provider_id, a_record_keeps_its_own_provider_id,
        racing_saves_of_one_provider_id_have_one_winner, random_operations_agree_with_a_model;
    OldMetadataStays:
        a_refused_replacement_changes_nothing, an_abandoned_replacement_leaves_old_or_new,
        replacing_keeps_every_field, replacing_keeps_any_value,
        racing_saves_of_one_id_leave_one_of_them_whole;
    CreatedAtStays:
        a_refused_replacement_changes_nothing, an_abandoned_replacement_leaves_old_or_new,
        replacing_keeps_every_field, replacing_keeps_any_value, saving_again_makes_no_second_record,
        racing_saves_of_one_id_leave_one_of_them_whole, random_operations_agree_with_a_model;
    NanosecondsKept:
        times_are_cut_to_microseconds, a_far_time_is_kept_or_refused, a_refused_replacement_changes_nothing,
        replacing_keeps_any_value;
    TimesRounded: times_are_cut_to_microseconds, replacing_keeps_any_value;
    MillisecondsKept:
        times_are_cut_to_microseconds, a_far_time_is_kept_or_refused, a_refused_replacement_changes_nothing,
        replacing_keeps_any_value;
    EmptyTextIsNone: empty_texts_are_kept;
    TextTrimmed: any_text_is_kept, metadata_of_any_shape_is_kept, replacing_keeps_any_value;
    TextCut: a_long_text_is_kept_or_refused, a_refused_replacement_changes_nothing;
    TextEndsAtNul: a_nul_is_kept_or_refused, a_refused_replacement_changes_nothing;
    RefusedAndStored: a_nul_is_kept_or_refused, a_refused_replacement_changes_nothing;
    RefusalNamesNoField: a_nul_is_kept_or_refused, a_refused_replacement_changes_nothing;
    FarTimeClamped: a_far_time_is_kept_or_refused, a_refused_replacement_changes_nothing;
    PanicsAtNul: a_nul_is_kept_or_refused, a_refused_replacement_changes_nothing;
    NulInKeyIsAnError:
        a_nul_is_kept_or_refused, a_key_that_cannot_be_held_is_not_found,
        deleting_a_key_that_cannot_be_held_is_not_found;
    UnknownWordIsDefault:
        empty_texts_are_kept, any_text_is_kept, intervals_are_kept_whatever_the_word,
        a_nul_is_kept_or_refused, a_long_text_is_kept_or_refused, a_refused_replacement_changes_nothing,
        replacing_keeps_any_value;
    WordsLowered: any_text_is_kept, intervals_are_kept_whatever_the_word, replacing_keeps_any_value;
    IdsFolded:
        ties_are_ordered_by_the_bytes_of_the_id, ids_are_compared_byte_for_byte,
        deleting_compares_ids_byte_for_byte, random_operations_agree_with_a_model;
    IdsPadded:
        ids_are_compared_byte_for_byte, deleting_compares_ids_byte_for_byte,
        random_operations_agree_with_a_model;
    IdsComposed:
        ids_are_compared_byte_for_byte, deleting_compares_ids_byte_for_byte,
        random_operations_agree_with_a_model;
    IdsAreNumbers:
        ids_are_compared_byte_for_byte, deleting_compares_ids_byte_for_byte,
        random_operations_agree_with_a_model;
    IdsArePatterns:
        ids_are_compared_byte_for_byte, deleting_compares_ids_byte_for_byte,
        random_operations_agree_with_a_model;
    NotFoundTellsNoKey:
        a_key_that_cannot_be_held_is_not_found, deleting_a_key_that_cannot_be_held_is_not_found,
        getting_the_absent_is_not_found, deleting_the_absent_is_not_found, the_deleted_is_gone,
        ids_are_compared_byte_for_byte, deleting_compares_ids_byte_for_byte,
        an_abandoned_save_is_whole_or_absent, an_abandoned_delete_leaves_the_record_or_nothing,
        a_taken_provider_id_is_refused, racing_saves_of_one_provider_id_have_one_winner;
    AbsentDeleteIsOk:
        deleting_a_key_that_cannot_be_held_is_not_found, deleting_the_absent_is_not_found,
        the_deleted_is_gone, deleting_compares_ids_byte_for_byte, random_operations_agree_with_a_model;
    DeletedStays:
        a_value_that_cannot_be_read_is_corrupt, the_deleted_is_gone, deleting_compares_ids_byte_for_byte,
        a_given_up_provider_id_can_be_taken, random_operations_agree_with_a_model;
    ReplacingRefused:
        a_refused_replacement_changes_nothing, replacing_keeps_every_field, replacing_keeps_any_value,
        saving_again_makes_no_second_record, saving_touches_no_other_record,
        racing_saves_of_one_id_leave_one_of_them_whole, replacing_can_not_take_a_provider_id,
        a_record_keeps_its_own_provider_id, a_given_up_provider_id_can_be_taken,
        random_operations_agree_with_a_model;
    ReplacingAppends:
        saving_again_makes_no_second_record, a_given_up_provider_id_can_be_taken,
        random_operations_agree_with_a_model;
    SavingTouchesItsNeighbour: saving_touches_no_other_record;
    CorruptIsDefault: a_value_that_cannot_be_read_is_corrupt;
    CorruptIsSkipped: a_value_that_cannot_be_read_is_corrupt;
    CorruptNamesNoColumn: a_value_that_cannot_be_read_is_corrupt;
    ListById:
        lists_are_ordered_by_time, active_only_lists_what_can_be_bought, random_operations_agree_with_a_model;
    ListEndsAt100: lists_are_ordered_by_time;
    ListOfNothingIsNotFound: a_list_of_nothing_is_empty;
    ListBackwards:
        lists_are_ordered_by_time, ties_are_ordered_by_the_bytes_of_the_id,
        active_only_lists_what_can_be_bought, random_operations_agree_with_a_model;
    TiesAsSaved: ties_are_ordered_by_the_bytes_of_the_id, random_operations_agree_with_a_model;
    TiesInLocale: ties_are_ordered_by_the_bytes_of_the_id, random_operations_agree_with_a_model;
    CheckThenInsert: racing_saves_of_one_provider_id_have_one_winner;
    HalfWritten: an_abandoned_save_is_whole_or_absent, an_abandoned_replacement_leaves_old_or_new;
    ProviderIdRepeats:
        provider_ids_are_compared_byte_for_byte, a_taken_provider_id_is_refused,
        replacing_can_not_take_a_provider_id, racing_saves_of_one_provider_id_have_one_winner,
        random_operations_agree_with_a_model;
    ProviderIdFreeToReplace: replacing_can_not_take_a_provider_id, random_operations_agree_with_a_model;
    ProviderIdFolded: provider_ids_are_compared_byte_for_byte, random_operations_agree_with_a_model;
    ProviderIdNoneIsTaken:
        metadata_of_any_shape_is_kept, times_are_cut_to_microseconds, numbers_are_kept_to_their_ends,
        intervals_are_kept_whatever_the_word, a_nul_is_kept_or_refused, a_long_text_is_kept_or_refused,
        a_far_time_is_kept_or_refused, the_deleted_is_gone, lists_are_ordered_by_time,
        ties_are_ordered_by_the_bytes_of_the_id, active_only_lists_what_can_be_bought,
        ids_are_compared_byte_for_byte, an_abandoned_save_is_whole_or_absent,
        an_abandoned_replacement_leaves_old_or_new, an_abandoned_delete_leaves_the_record_or_nothing,
        records_without_provider_id_do_not_collide, random_operations_agree_with_a_model;
    OwnProviderIdRefused:
        racing_saves_of_one_id_leave_one_of_them_whole, a_record_keeps_its_own_provider_id,
        random_operations_agree_with_a_model;
    ProviderIdNeverFreed:
        a_refused_replacement_changes_nothing, replacing_keeps_every_field,
        a_given_up_provider_id_can_be_taken, random_operations_agree_with_a_model;
    ProviderIdStays:
        a_refused_replacement_changes_nothing, replacing_keeps_every_field, replacing_keeps_any_value,
        a_given_up_provider_id_can_be_taken, random_operations_agree_with_a_model;
    ProviderIdRewritesItsHolder:
        provider_ids_are_compared_byte_for_byte, a_taken_provider_id_is_refused,
        replacing_can_not_take_a_provider_id, racing_saves_of_one_provider_id_have_one_winner,
        random_operations_agree_with_a_model;
    ActiveOnlyIgnored: active_only_lists_what_can_be_bought, random_operations_agree_with_a_model;
    ActiveOnlyInverted:
        a_value_that_cannot_be_read_is_corrupt, active_only_lists_what_can_be_bought,
        random_operations_agree_with_a_model;
    AmountOf32Bits: numbers_are_kept_to_their_ends, random_operations_agree_with_a_model;
    CountOf31Bits: numbers_are_kept_to_their_ends;
    FeaturesSorted: features_keep_their_order;
};
