"""The text of PDF, DOCX, XLSX and PPTX files.

`extraction` runs `worker` as a process of its own for each document, which gets the open file and limits on memory and
time, and no path. `pdf`, `docx`, `xlsx` and `pptx` give the parts of a document; `package` reads the ZIP and the XML of
the Office formats within bounds.
"""
