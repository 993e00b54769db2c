"""Archives that are made up: any number of documents from a grammar, and what is measured on them.

python -m benchmarks.archive FOLDER --documents 20000     # makes the files
python -m benchmarks archive --documents 20000            # measures
"""
