"""Directories that no path gets out of, whatever links, "..", renames and races are tried on it.

`Root` is one such directory; `trees` lists and deletes what is in open directories, `rename_noreplace` moves without
overwriting, `names` says what may be a name and how one is shown. What holds on which level is told in
docs/confinement.md.
"""

from mcp_chassis.confine.names import check_new_name, shown
from mcp_chassis.confine.renaming import rename_noreplace
from mcp_chassis.confine.root import Level, Root, probe
from mcp_chassis.confine.trees import Folder, Kind, entries, folders, kind, names, remove_tree

__all__ = [
    "Folder",
    "Kind",
    "Level",
    "Root",
    "check_new_name",
    "entries",
    "folders",
    "kind",
    "names",
    "probe",
    "remove_tree",
    "rename_noreplace",
    "shown",
]
