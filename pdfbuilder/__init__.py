"""pdfbuilder: an exercise routine and an affected side become a printed sheet."""
