"""Finding glossary terms in running text, whatever their inflection."""
