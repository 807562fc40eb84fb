"""The evidence of one dossier: what an auditor checks without us and without our database."""
