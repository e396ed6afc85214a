"""A Parquet file's columns and first rows, through DuckDB."""

from pathlib import Path

from postback_wizard.effects.log_problem import LogProblem

SAMPLE_ROWS = 200


def look(path: Path) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The names of the columns, and the text of their first cells, column by column.

    Raises:
        LogProblem: it is no Parquet file, or a damaged one.
    """
    import duckdb  # here, because it is large and most runs read no log

    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as con:
        try:
            found = con.execute(f"SELECT * FROM read_parquet($path) LIMIT {SAMPLE_ROWS}", {"path": literal(path)})  # noqa: S608
            names = tuple(str(item[0]) for item in found.description or ())
            rows = found.fetchall()
        except duckdb.Error as error:
            raise LogProblem("not-a-log", str(error).splitlines()[0][:150]) from error
    cells = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    return names, tuple(zip(*cells, strict=True)) if cells else tuple(() for _ in names)


def literal(path: Path) -> str:
    """The path for DuckDB, with its wildcard characters meaning themselves."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def sql_rows(names: tuple[str, ...]) -> str:
    """Every row as text, its columns ``c0`` and so on; the path is ``$path``."""
    cells = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}"::VARCHAR AS c{n}' for n, name in enumerate(names))
    return f"SELECT {cells} FROM read_parquet($path)"  # noqa: S608 - names are quoted
