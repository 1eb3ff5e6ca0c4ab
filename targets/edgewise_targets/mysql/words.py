"""The words that MySQL or MariaDB does not take as a name without quotes."""

from __future__ import annotations

# What MySQL's manual marks as reserved, from 8.0.16 to 9.6, and what MariaDB 10.11 refuses where a name can
# stand, among the words of `information_schema.keywords`.
_KEYWORDS = frozenset(
    """
    accessible add all alter analyze and array as asc asensitive before between bigint binary blob both by
    call cascade case change char character check collate column condition constraint continue convert
    create cross cube cume_dist current_date current_role current_time current_timestamp current_user
    cursor database databases day_hour day_microsecond day_minute day_second dec decimal declare default
    delayed delete delete_domain_id dense_rank desc describe deterministic distinct distinctrow div
    do_domain_ids double drop dual each else elseif empty enclosed escaped except exists exit explain
    external false fetch first_value float float4 float8 for force foreign from fulltext function
    generated get grant group grouping groups having high_priority hour_microsecond hour_minute
    hour_second if ignore ignore_domain_ids in index infile inner inout insensitive insert int int1 int2
    int3 int4 int8 integer intersect interval into io_after_gtids io_before_gtids is iterate join
    json_table key keys kill lag last_value lateral lead leading leave left library like limit linear
    lines load localtime localtimestamp lock long longblob longtext loop low_priority manual master_bind
    master_demote_to_replica master_demote_to_slave master_ssl_verify_server_cert match maxvalue
    mediumblob mediumint mediumtext member middleint minute_microsecond minute_second mod modifies natural
    no_write_to_binlog not nth_value ntile null numeric of offset on optimize optimizer_costs option
    optionally or order out outer outfile over page_checksum parallel parse_vcol_expr partition
    percent_rank portion precision primary procedure purge qualify range rank read read_write reads real
    recursive ref_system_id references regexp release rename repeat replace require resignal restrict
    return returning revoke right rlike row row_number rows schema schemas second_microsecond select
    sensitive separator set sets show signal smallint spatial specific sql sql_big_result
    sql_buffer_result sql_cache sql_calc_found_rows sql_no_cache sql_small_result sqlexception sqlstate
    sqlwarning ssl starting stats_auto_recalc stats_persistent stats_sample_pages stored straight_join
    system table tablesample terminated then tinyblob tinyint tinytext to trailing trigger true undo union
    unique unlock unsigned update usage use using utc_date utc_time utc_timestamp value values varbinary
    varchar varcharacter varying virtual when where while window with write xor year_month zerofill
    """.split()  # noqa: SIM905 - a paragraph of words, not a page with one a line
)
# With `_` in front each says how the text behind it is encoded, also where a name was meant.
_CHARACTER_SETS = frozenset(
    """
    armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8 eucjpms euckr
    gb18030 gb2312 gbk geostd8 greek hebrew hp8 keybcs2 koi8r koi8u latin1 latin2 latin5 latin7 macce
    macroman sjis swe7 tis620 ucs2 ujis utf16 utf16le utf32 utf8 utf8mb3 utf8mb4
    """.split()  # noqa: SIM905 - as above
)
RESERVED_WORDS = _KEYWORDS | {f"_{name}" for name in _CHARACTER_SETS}
