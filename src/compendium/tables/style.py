"""What all tables share: title, subtitle, note and size."""

from great_tables import GT

from compendium.language import Language, Text


def header(table: GT, title: Text, subtitle: Text, note: Text, language: Language) -> GT:
    """A table with its title, what it shows, and the note below it."""
    table = table.tab_header(title=title.of(language), subtitle=subtitle.of(language))
    return table.tab_source_note(note.of(language)).tab_options(table_font_size="13px", table_width="100%")
