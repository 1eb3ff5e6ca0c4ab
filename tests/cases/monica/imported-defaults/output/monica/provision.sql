-- Relationship types for a self-hosted Monica 2.15 to 4.x, whose API only reads them. For MySQL and MariaDB.
-- For each account, or for one alone: SET @account_id = 7; before it. Run again it changes nothing: what is
-- there by name stays as it is. What every account has from the start is not created.

-- Every account has all of this catalog already.
