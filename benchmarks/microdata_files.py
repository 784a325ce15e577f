"""Made-up files in the layouts of FD_SALAAN and FD_EEC: no row is a person. The same seed gives the same rows.

All thirty columns of FD_SALAAN stand there, and of FD_EEC those that are read and a few more. The share of cadres grows with
the year and differs by sector, so that sectors and years can be told apart.
"""

from pathlib import Path

import duckdb

A38 = "AZ BZ CA CC CE CH CL DZ EZ FZ GZ HZ IZ JA JB JC KZ LZ MA MB MC NZ OZ PZ QA QB RZ SZ TZ"
AGREEMENTS = "0016 0018 0029 0044 0086 0218 0405 0413 0573 0843 1090 1285 1486 1501 1516 1597 1979 2098 2120 9999"
SALAAN = """
SELECT 'OQ' AS A6, 'OQ' AS A17, sector AS A38, ['C', 'P', 'N'][1 + pick(i, 3, 3)] AS CPFD, 1 + pick(i, 4, 300) AS DATDEB,
  360 AS DATFIN, '01' AS DATDEB_TR, '12' AS DATFIN_TR, 360 AS DUREE, '12' AS DUREE_TR, '75' AS DEPR, '2A' AS DEPT,
  '11' AS REGR, '94' AS REGT, '9' AS DOMEMPL_EM, ['1', '2'][1 + pick(i, 5, 2)] AS FILT, ['1', '2'][1 + pick(i, 6, 2)] AS SEXE,
  cs || '0A' AS PCS, cs AS CS, 'O' AS TYP_EMPLOI,
  CASE WHEN sector = 'OZ' AND pick(i, 7, 4) = 0 THEN '0218' WHEN pick(i, 8, 10) = 0 THEN NULL
  ELSE agreements[1 + pick(i, 9, 20)] END AS CONV_COLL,
  ['CDI', 'CDI', 'CDI', 'CDI', 'CDD', 'APP', 'TTP', NULL][1 + pick(i, 10, 8)] AS CONT_TRAV,
  100 + pick(i, 11, 1700) AS NBHEUR, 100 + pick(i, 12, 1900) AS NBHEUR_TOT, 18 + pick(i, 13, 45) AS AGE, '31' AS AGE_TR,
  '12' AS TRNNETO, '00' AS TRALCHT, '05' AS TREFF, 12 AS POND
FROM (
  SELECT i, sectors[s] AS sector, agreements,
    CASE WHEN pick(i, 14, 50) = 0 THEN NULL WHEN pick(i, 2, 1000) < 100 + 10 * s + 4 * ($year - 2016)
    THEN ['31', '33', '34', '35', '37', '38'][1 + pick(i, 15, 6)]
    ELSE ['46', '47', '48', '52', '54', '56', '63', '67'][1 + pick(i, 15, 8)] END AS cs
  FROM (SELECT i, 1 + pick(i, 1, len(sectors)) AS s, sectors, agreements
    FROM range($rows) AS t(i), (SELECT string_split($sectors, ' ') AS sectors, string_split($agreements, ' ') AS agreements))
)
"""
EEC = """
SELECT lpad(i::VARCHAR, 8, '0') AS IDENT, '01' AS NOI, $year AS ANNEE, 1 + pick(i, 3, 4) AS TRIM,
  round(50 + pick(i, 4, 2000000000) / 1000000.0, 6) AS EXTRIAN, acteu AS ACTEU, CASE WHEN acteu = '1' THEN statut END AS STATUT,
  CASE WHEN acteu = '1' THEN sectors[s] END AS NAFG038UN,
  CASE WHEN acteu = '1' AND statut = '2' THEN CASE WHEN sectors[s] = 'OZ' AND pick(i, 5, 4) = 0 THEN '6' ELSE
    ['1', '1', '1', '2', '3', '4', '5', '7', '9'][1 + pick(i, 6, 9)] END END AS CHPUB,
  CASE WHEN acteu = '1' AND statut = '2' THEN ['1', '2', '2', '2', '3', '4', '5', '9'][1 + pick(i, 7, 8)] END AS SALTYP,
  CASE WHEN acteu <> '1' THEN NULL WHEN pick(i, 8, 100) = 0 THEN '0' WHEN pick(i, 9, 1000) < 100 + 10 * s + 4 * ($year - 2021)
    THEN '3' ELSE ['4', '5', '6'][1 + pick(i, 10, 3)] END AS PCS1, ['1', '2'][1 + pick(i, 11, 2)] AS SEXE
FROM (
  SELECT i, sectors, 1 + pick(i, 1, len(sectors)) AS s, ['1', '1', '1', '2', '3', '3'][1 + pick(i, 2, 6)] AS acteu,
    ['2', '2', '2', '2', '2', '2', '2', '1'][1 + pick(i, 12, 8)] AS statut
  FROM range($rows) AS t(i), (SELECT string_split($sectors, ' ') AS sectors)
)
"""


def write(path: Path, layout: str, rows: int, year: int, seed: int = 0) -> Path:
    """Write a made-up file.

    Args:
        path: ending in .csv (as Insee writes it: semicolons, decimal points, no quotes) or .parquet.
        layout: FD_SALAAN or FD_EEC.
        year: FD_EEC has it in a column, FD_SALAAN in its name alone.
    """
    given = {"rows": rows, "year": year, "sectors": A38}
    select = EEC
    if layout == "FD_SALAAN":
        select, given = SALAAN, given | {"agreements": AGREEMENTS}
    kind = "FORMAT parquet" if path.suffix == ".parquet" else "FORMAT csv, DELIMITER ';', HEADER"
    with duckdb.connect(":memory:", config={"memory_limit": "1GB"}) as connection:
        # a number from 0 to n - 1 that looks random, the k-th of row i
        connection.execute(f"CREATE MACRO pick(i, k, n) AS CAST(hash(i * 64 + k + {int(seed)} * 1000003) % n AS INTEGER)")
        connection.execute("SET preserve_insertion_order = true")
        text = str(path).replace("'", "''")
        connection.execute(f"COPY ({select}) TO '{text}' ({kind})", given)
    return path
