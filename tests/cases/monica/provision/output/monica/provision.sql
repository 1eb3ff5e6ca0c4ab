-- Relationship types for a self-hosted Monica 2.15 to 4.x, whose API only reads them. For MySQL and MariaDB.
-- For each account, or for one alone: SET @account_id = 7; before it. Run again it changes nothing: what is
-- there by name stays as it is. What every account has from the start is not created.

SET NAMES utf8mb4;
START TRANSACTION;

INSERT INTO relationship_type_groups (account_id, name, delible, created_at, updated_at)
SELECT DISTINCT known.account_id, 'neighbours', 1, UTC_TIMESTAMP(), UTC_TIMESTAMP()
FROM relationship_type_groups AS known
WHERE (@account_id IS NULL OR known.account_id = @account_id)
  AND NOT EXISTS (
    SELECT 1 FROM relationship_type_groups AS there
    WHERE there.account_id = known.account_id AND there.name = 'neighbours'
  );

INSERT INTO relationship_type_groups (account_id, name, delible, created_at, updated_at)
SELECT DISTINCT known.account_id, 'work', 0, UTC_TIMESTAMP(), UTC_TIMESTAMP()
FROM relationship_type_groups AS known
WHERE (@account_id IS NULL OR known.account_id = @account_id)
  AND NOT EXISTS (
    SELECT 1 FROM relationship_type_groups AS there
    WHERE there.account_id = known.account_id AND there.name = 'work'
  );

INSERT INTO relationship_types
  (account_id, name, name_reverse_relationship, relationship_type_group_id, delible, created_at, updated_at)
SELECT known.account_id, 'Neighbour''s "own"', 'Neighbour''s "own"', MIN(known.id), 1, UTC_TIMESTAMP(), UTC_TIMESTAMP()
FROM relationship_type_groups AS known
WHERE known.name = 'neighbours'
  AND (@account_id IS NULL OR known.account_id = @account_id)
  AND NOT EXISTS (
    SELECT 1 FROM relationship_types AS there
    WHERE there.account_id = known.account_id AND there.name = 'Neighbour''s "own"'
  )
GROUP BY known.account_id;

INSERT INTO relationship_types
  (account_id, name, name_reverse_relationship, relationship_type_group_id, delible, created_at, updated_at)
SELECT known.account_id, 'tutor', 'pupil', MIN(known.id), 1, UTC_TIMESTAMP(), UTC_TIMESTAMP()
FROM relationship_type_groups AS known
WHERE known.name = 'work'
  AND (@account_id IS NULL OR known.account_id = @account_id)
  AND NOT EXISTS (
    SELECT 1 FROM relationship_types AS there
    WHERE there.account_id = known.account_id AND there.name = 'tutor'
  )
GROUP BY known.account_id;

INSERT INTO relationship_types
  (account_id, name, name_reverse_relationship, relationship_type_group_id, delible, created_at, updated_at)
SELECT known.account_id, 'pupil', 'tutor', MIN(known.id), 1, UTC_TIMESTAMP(), UTC_TIMESTAMP()
FROM relationship_type_groups AS known
WHERE known.name = 'work'
  AND (@account_id IS NULL OR known.account_id = @account_id)
  AND NOT EXISTS (
    SELECT 1 FROM relationship_types AS there
    WHERE there.account_id = known.account_id AND there.name = 'pupil'
  )
GROUP BY known.account_id;

COMMIT;
