"""Runs maillage from the Processing toolbox of QGIS (3.22 or later).

To install: in QGIS open the Processing toolbox, choose "Add Script to Toolbox…" from the menu with the Python sign, and
pick this file. It then stands under Scripts > maillage. The program `maillage` must be on the search path, or be named
in the field "Program".
"""

import os
import shutil
import subprocess

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

#: The layers of the plan that are loaded, from the top.
LAYERS = ["sites", "links", "catchments", "communes"]


class PlanSites(QgsProcessingAlgorithm):
    """Plans the scenario of a maillage.toml and loads the layers of the plan."""

    SCENARIO, SITES, MORE, PROGRAM, PLAN = "SCENARIO", "SITES", "MORE", "PROGRAM", "PLAN"

    def createInstance(self):
        return PlanSites()

    def name(self):
        return "plan"

    def displayName(self):
        return "Plan sites (maillage)"

    def group(self):
        return "maillage"

    def groupId(self):
        return "maillage"

    def shortHelpString(self):
        return (
            "Chooses the next sites for the scenario in a maillage.toml, which “maillage init” writes from your files, "
            "and loads the plan with its styles. The log says how good the plan is proved to be."
        )

    def initAlgorithm(self, configuration=None):
        self.addParameter(QgsProcessingParameterFile(self.SCENARIO, "Scenario (maillage.toml)", extension="toml"))
        self.addParameter(
            QgsProcessingParameterNumber(
                self.SITES, "New sites at most, in place of the scenario's number", minValue=0, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                self.MORE, "More flags, one a line, such as --budget=4280000", multiLine=True, optional=True
            )
        )
        self.addParameter(QgsProcessingParameterString(self.PROGRAM, "Program", defaultValue="maillage"))
        self.addParameter(QgsProcessingParameterFileDestination(self.PLAN, "Plan", "GeoPackage (*.gpkg)"))

    def processAlgorithm(self, parameters, context, feedback):
        named = self.parameterAsString(parameters, self.PROGRAM, context)
        program = shutil.which(named)
        if program is None:
            raise QgsProcessingException(f"{named} was not found: install maillage, or name its file in “Program”")
        plan = self.parameterAsFileOutput(parameters, self.PLAN, context)
        command = [program, "plan", "--scenario", self.parameterAsFile(parameters, self.SCENARIO, context)]
        command += ["--out", plan, "--force"]
        if parameters.get(self.SITES) is not None:
            command += ["--sites", str(self.parameterAsInt(parameters, self.SITES, context))]
        lines = self.parameterAsString(parameters, self.MORE, context).splitlines()
        command += [line.strip() for line in lines if line.strip()]
        feedback.pushCommandInfo(" ".join(command))
        # No shell stands between: what is written in a field is a flag and nothing else.
        run = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8"
        )
        asked_to_stop = False
        for line in run.stdout:
            feedback.pushInfo(line.rstrip("\n"))
            if feedback.isCanceled() and not asked_to_stop:
                # It then writes the best plan so far.
                run.terminate()
                asked_to_stop = True
        code = run.wait()
        if code not in (0, 5) or not os.path.exists(plan):
            raise QgsProcessingException(f"maillage ended with exit code {code}; its words stand above")
        for name in LAYERS:
            address = f"{plan}|layername={name}"
            if QgsVectorLayer(address, name, "ogr").isValid():
                details = QgsProcessingContext.LayerDetails(name, context.project(), name)
                context.addLayerToLoadOnCompletion(address, details)
        return {self.PLAN: plan}
