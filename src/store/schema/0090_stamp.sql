-- 0090 what changed: a counter for each table of a town, and one for all reference tables.

-- 256 numbers of 4 bytes, little end first: one for each place that a table's name hashes to.  It
-- grows with each commit that wrote to the table, in that commit.  NULL: nothing was written yet.
ALTER TABLE town ADD COLUMN stamps BLOB;

-- The same for all reference tables together: one row.
CREATE TABLE reference_stamp (
    one BIGINT NOT NULL,
    n   BIGINT NOT NULL,
    PRIMARY KEY (one)
);
INSERT INTO reference_stamp (one, n) VALUES (1, 1);
