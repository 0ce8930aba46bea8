package io.millrace.planner.store;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

/** Experience with cures, kept across runs. */
@JdbcRepository(dialect = Dialect.POSTGRES)
interface CureRows extends GenericRepository<SearchRow, String> {
    /** Adds one attempt. */
    @Query("INSERT INTO planner.cure_record AS r (data_kind, cure, tried, helped, gain)"
            + " VALUES (:dataKind, :cure, 1, :helped, :gain)"
            + " ON CONFLICT (data_kind, cure) DO UPDATE"
            + " SET tried = r.tried + 1, helped = r.helped + EXCLUDED.helped, gain = r.gain + EXCLUDED.gain")
    int add(String dataKind, String cure, int helped, double gain);

    /** Every cure that was tried on a kind of data. */
    @Query("SELECT data_kind, cure, tried, helped, gain FROM planner.cure_record WHERE data_kind = :dataKind")
    List<CureRow> of(String dataKind);
}
